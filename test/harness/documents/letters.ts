/** Builds Word and LibreOffice documents byte by byte, both harmless and hostile. */
import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP of these files, in this order. A file is compressed only when that makes it smaller. */
export const zipOf = (files: Readonly<Record<string, string | Uint8Array>>): Uint8Array => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const plain = Buffer.from(content);
    const small = deflateRawSync(plain);
    const deflated = small.length < plain.length;
    const packed = deflated ? small : plain;
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(deflated ? 8 : 0, 4);
    facts.writeUInt32LE(0x5a21_0000, 6); // any valid date; LibreOffice refuses a ZIP entry without one
    facts.writeUInt32LE(crc32(plain), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(plain.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name)]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\0', 'latin1'), facts, rest, Buffer.from(name)]));
    parts.push(local, packed);
    at += local.length + packed.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, entries, end]));
};

const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DRAWING = 'http://schemas.openxmlformats.org/drawingml/2006';

export const paragraph = (words: string): string => `<w:p><w:r><w:t xml:space="preserve">${words}</w:t></w:r></w:p>`;

export const docx = (body: string, relations = ''): Uint8Array =>
  zipOf({
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relations}</Relationships>`,
    'word/document.xml': `${XML}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${OFFICE}" xmlns:wp="${DRAWING}/wordprocessingDrawing" xmlns:a="${DRAWING}/main" xmlns:pic="${DRAWING}/picture"><w:body>${body}</w:body></w:document>`,
  });

/** Links a remote picture, so that its sender would learn when and from where it is opened. */
export const docxWithPictureOf = (address: string): Uint8Array =>
  docx(
    `${paragraph('Voyez la photo')}<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/><wp:docPr id="1" name="i"/><a:graphic><a:graphicData uri="${DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:link="r9"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`,
    `<Relationship Id="r9" Type="${OFFICE}/image" Target="${address}" TargetMode="External"/>`,
  );

const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';
const PLAIN_ODT = 'application/vnd.oasis.opendocument.text';

/** `others`: extra files, also listed in the manifest. */
export const odt = (
  text: string,
  {
    head = '',
    others = {},
    manifest = '',
  }: { head?: string; others?: Readonly<Record<string, string>>; manifest?: string } = {},
): Uint8Array => {
  const names = ['content.xml', ...Object.keys(others)];
  const entry = (path: string, type: string, inside = ''): string =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}">${inside}</manifest:file-entry>`;
  return zipOf({
    mimetype: PLAIN_ODT,
    'META-INF/manifest.xml': `${XML}<manifest:manifest xmlns:manifest="${OASIS}:manifest:1.0" manifest:version="1.3">${entry('/', PLAIN_ODT)}${names.map((name) => entry(name, 'text/xml', manifest)).join('')}</manifest:manifest>`,
    'content.xml': `${XML}<office:document-content xmlns:office="${OASIS}:office:1.0" xmlns:text="${OASIS}:text:1.0" xmlns:script="${OASIS}:script:1.0" xmlns:draw="${OASIS}:drawing:1.0" xmlns:svg="${OASIS}:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">${head}<office:body><office:text>${text}</office:text></office:body></office:document-content>`,
    ...others,
  });
};

/** Contains a macro that runs when the document is opened and inserts a word into the text. */
export const odtWithMacro = (): Uint8Array =>
  odt('<text:p>Texte honnête</text:p>', {
    head: '<office:scripts><office:event-listeners><script:event-listener script:language="ooo:script" script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.M.Main?language=Basic&amp;location=document" xlink:type="simple"/></office:event-listeners></office:scripts>',
    others: {
      'Basic/script-lc.xml': `${XML}<library:libraries xmlns:library="http://openoffice.org/2000/library"><library:library library:name="Standard" library:link="false"/></library:libraries>`,
      'Basic/Standard/script-lb.xml': `${XML}<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="M"/></library:library>`,
      'Basic/Standard/M.xml': `${XML}<script:module xmlns:script="http://openoffice.org/2000/script" script:name="M" script:language="StarBasic">Sub Main\nThisComponent.Text.insertString(ThisComponent.Text.getStart(), "MACRO ", False)\nEnd Sub</script:module>`,
    },
  });

/** Includes a local file of the machine in its text, if the reader allows it. */
export const odtThatReads = (path: string): Uint8Array =>
  odt(
    `<text:p>Texte honnête</text:p><text:section text:name="s"><text:section-source xlink:href="file://${path}"/><text:p>rien</text:p></text:section>`,
  );
