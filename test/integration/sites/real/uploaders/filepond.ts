/** Runs in a page: FilePond, whose label is the only clickable part. */
import { create } from 'filepond';
import { tell } from './tell.ts';

const zone = document.getElementById('zone');
if (zone) create(zone, { allowMultiple: true, onupdatefiles: (items) => tell(items.map((one) => one.file as File)) });
document.querySelector<HTMLElement>('.filepond--drop-label label')!.style.cssText = 'display:block;height:280px';
