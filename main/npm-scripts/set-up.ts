/** `npm run set-up`: installs and builds what `npm start` needs, and starts nothing. `run.mjs` has done it all by now. */
process.stderr.write('point-numerique: everything is installed and built; nothing was started\n');
