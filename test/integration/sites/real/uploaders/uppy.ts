/** Runs in a page: Uppy's drop zone, which is one large button. */
import Uppy from '@uppy/core';
import DragDrop from '@uppy/drag-drop';
import { tell } from './tell.ts';

const uppy = new Uppy();
uppy.use(DragDrop, { target: '#zone', height: '300px' });
uppy.on('files-added', (files) => tell(files.map((one) => one.data as File)));
