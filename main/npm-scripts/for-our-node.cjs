// Loaded into npm, which leaves out optional packages whose `engines` refuse the Node that npm runs on: on Debian 12
// (Node 18) the native halves of the build tools. They run on our Node, and npm has no option to say so.
const { packages } = require('../../package-lock.json');

Object.defineProperty(process, 'version', { value: `v${packages['node_modules/node'].version}` });
