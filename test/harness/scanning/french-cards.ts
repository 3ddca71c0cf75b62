/**
 * Common French cards, drawn by the project with the real layout, tints and guilloche. All persons are made up. Sizes
 * are in millimetres.
 */
import type { Sheet } from './glass-scenes.ts';

const SANS = 'Nimbus Sans';
const text = (x: number, y: number, size: number, words: string, fill = '#1d2433', bold = false): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-family="${SANS}" fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${words}</text>`;
const mono = (x: number, y: number, size: number, words: string): string =>
  `<text x="${x}" y="${y}" font-size="${size}" font-family="Nimbus Mono PS" font-weight="bold" fill="#22252c">${words.replace(/</g, '&lt;')}</text>`;
const face = (x: number, y: number, w: number, h: number): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="#b9bfc4"/><ellipse cx="${x + w / 2}" cy="${y + h * 0.42}" rx="${w * 0.25}" ry="${h * 0.24}" fill="#8d8078"/><path d="M${x + w * 0.12} ${y + h}q${w * 0.38} ${-h * 0.5} ${w * 0.76} 0Z" fill="#4a4f5c"/>`;
/** The fine wavy lines in the background. */
const guilloche = (w: number, h: number, colour: string): string =>
  Array.from(
    { length: Math.floor(h / 2.4) },
    (_, i) =>
      `<path d="M1 ${2 + i * 2.4}${Array.from({ length: Math.floor((w - 2) / 8) }, () => 'q2 -2 4 0t4 0').join('')}" fill="none" stroke="${colour}" stroke-width=".18" opacity=".7"/>`,
  ).join('');
const round = (w: number, h: number): string =>
  `M3 0H${w - 3}A3 3 0 0 1 ${w} 3V${h - 3}A3 3 0 0 1 ${w - 3} ${h}H3A3 3 0 0 1 0 ${h - 3}V3A3 3 0 0 1 3 0Z`;

const card = (paper: string, lines: string, ink: string, w = 85.6, h = 54): Sheet => ({
  widthMm: w,
  heightMm: h,
  paper,
  outline: round(w, h),
  ink: guilloche(w, h, lines) + ink,
});

export const FRENCH_CARDS: Readonly<Record<string, Sheet>> = {
  'identity card of before 2021': card(
    '#d5e2e6',
    '#9db9c6',
    text(8, 6.5, 3.1, 'RÉPUBLIQUE FRANÇAISE', '#27457a', true) +
      text(4, 12, 2.9, 'CARTE NATIONALE D’IDENTITÉ N° : 120403100123') +
      text(66, 12, 2.3, 'Nationalité Française') +
      face(4, 17, 27, 35) +
      text(36, 22, 2.3, 'Nom :') +
      text(46, 22, 3, 'EXEMPLE', '#1d2433', true) +
      text(36, 29, 2.3, 'Prénom(s) :') +
      text(53, 29, 3, 'CAMILLE, DOMINIQUE', '#1d2433', true) +
      text(36, 38, 2.3, 'Sexe : F   Né(e) le : 01.02.1980') +
      text(36, 43, 2.3, 'à : MOULINS (03)') +
      text(36, 49, 2.3, 'Taille : 1,68m') +
      mono(4, 63, 4.3, 'IDFRAEXEMPLE<<<<<<<<<<<<<<<<<<031002') +
      mono(4, 69.5, 4.3, '1204031001234CAMILLE<<DOMI8002013F1'),
    105,
    74,
  ),
  'identity card of today': card(
    '#e6eef0',
    '#b7cfd6',
    text(20, 6, 2.7, 'RÉPUBLIQUE FRANÇAISE', '#27457a', true) +
      text(20, 10, 2.2, 'CARTE NATIONALE D’IDENTITÉ / IDENTITY CARD') +
      face(4, 14, 23, 31) +
      text(31, 15, 1.7, 'NOM / Surname') +
      text(31, 18.6, 2.9, 'EXEMPLE', '#1d2433', true) +
      text(31, 22.5, 1.7, 'Prénoms / Given names') +
      text(31, 26, 2.7, 'Camille, Dominique', '#1d2433', true) +
      text(31, 30, 1.7, 'SEXE / Sex    NATIONALITÉ / Nationality    DATE DE NAISS.') +
      text(31, 33.4, 2.5, 'F         FRA              01 02 1980') +
      text(31, 37.4, 1.7, 'LIEU DE NAISSANCE / Place of birth') +
      text(31, 40.8, 2.5, 'MOULINS') +
      text(31, 45, 1.7, 'N° DU DOCUMENT / Document No      DATE D’EXPIR.') +
      text(31, 48.6, 2.5, 'X4RTBPFW4            11 05 2033'),
  ),
  'driving licence': card(
    '#f0dcdf',
    '#dbaab4',
    `<rect x="4" y="4" width="9" height="6" fill="#27457a"/>` +
      text(16, 8.5, 3.1, 'PERMIS DE CONDUIRE', '#8a3350', true) +
      text(56, 8.5, 2.3, 'RÉPUBLIQUE FRANÇAISE') +
      face(4, 14, 22, 28) +
      text(30, 16, 2.5, '1. EXEMPLE') +
      text(30, 20.5, 2.5, '2. CAMILLE, DOMINIQUE') +
      text(30, 25, 2.5, '3. 01.02.1980 MOULINS') +
      text(30, 29.5, 2.5, '4a. 12.03.2019  4c. PREFET DE L’ALLIER') +
      text(30, 34, 2.5, '4b. 11.03.2034') +
      text(30, 38.5, 2.5, '5. 19AB12345') +
      text(30, 48, 2.9, '9. AM/B1/B'),
  ),
  'carte Vitale': card(
    '#c7dfb4',
    '#93bf79',
    `<path d="M0 3A3 3 0 0 1 3 0H40Q24 22 34 54H3A3 3 0 0 1 0 51Z" fill="#e8c94a"/>` +
      `<rect x="9" y="20" width="12" height="10" rx="1.5" fill="#c9a86a"/>` +
      text(38, 11, 7, 'Vitale', '#1f5c3a', true) +
      text(38, 16, 2.4, 'Carte d’assurance maladie') +
      face(64, 19, 18, 23) +
      text(26, 36, 2.8, 'EXEMPLE') +
      text(26, 40.5, 2.8, 'Camille') +
      text(26, 46, 2.8, '2 80 02 03 190 123 45') +
      text(26, 50.5, 2.2, 'Émise le 12/03/2019'),
  ),
  'titre de séjour': card(
    '#dde3f1',
    '#aab7da',
    text(4, 6.5, 3, 'TITRE DE SÉJOUR', '#27457a', true) +
      text(44, 6.5, 2.2, 'RÉPUBLIQUE FRANÇAISE  FRA') +
      face(4, 11, 23, 30) +
      text(31, 14, 2.7, 'EXEMPLE', '#1d2433', true) +
      text(31, 18.5, 2.7, 'CAMILLE', '#1d2433', true) +
      text(31, 23.5, 2.3, 'F   XXX   01 02 1980') +
      text(31, 28.5, 2.3, 'VIE PRIVÉE ET FAMILIALE') +
      text(31, 33.5, 2.3, 'VALABLE JUSQU’AU 11 05 2028') +
      text(31, 38.5, 2.3, 'AUTORISE SON TITULAIRE') +
      text(31, 42, 2.3, 'À TRAVAILLER') +
      text(31, 49, 2.6, 'PREFECTURE DE L’ALLIER'),
  ),
};
