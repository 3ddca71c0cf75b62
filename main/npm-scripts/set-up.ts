/** `npm run set-up`: what `npm start` needs is installed and built by now, by `run.mjs`; nothing is started. */
process.stderr.write('point-numerique: everything is installed and built; nothing was started\n');
