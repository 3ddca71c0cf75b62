/** Runs in a page: Dropzone, over the whole zone. */
import Dropzone from 'dropzone';
import { tell } from './tell.ts';

new Dropzone('#zone', { url: '/envoi', autoProcessQueue: false }).on('addedfiles', (files) => tell(files));
