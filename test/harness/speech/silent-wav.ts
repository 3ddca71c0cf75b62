const SAMPLES_A_SECOND = 8_000;

/** Silence as WAV, one byte a sample. */
export const silentWav = (seconds: number): Buffer => {
  const sound = Buffer.alloc(44 + Math.round(SAMPLES_A_SECOND * seconds), 0x80);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(sound.length - 8, 4);
  sound.write('WAVEfmt ', 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(1, 22);
  sound.writeUInt32LE(SAMPLES_A_SECOND, 24);
  sound.writeUInt32LE(SAMPLES_A_SECOND, 28);
  sound.writeUInt16LE(1, 32);
  sound.writeUInt16LE(8, 34);
  sound.write('data', 36);
  sound.writeUInt32LE(sound.length - 44, 40);
  return sound;
};
