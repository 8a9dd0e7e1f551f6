// @ts-check
/**
 * Unpacks a module: a raw LZMA stream of 1 literal context bit and no position bits, as the LZMA
 * specification of Igor Pavlov describes it, and in it the module as columns. What stands together
 * in code is unlike; of a column of opcodes, or of numbers of variables, more repeats.
 *
 * The browser's own DecompressionStream knows no format that packs the core as small.
 * Of a damaged stream become wrong bytes, or an error.
 *
 * @param {string} text of which some letters stand for 6 bits, the others for 7
 * @param {number[]} lengths of the columns in bytes, and of the module
 * @param {(isPaintDue: boolean) => Promise<void> | undefined} pause gives the browser its turn
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function unpack(text, lengths, pause) {
  const input = new Uint8Array(text.length);
  let [bits, count, filled] = [0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // There is no quotation mark, no backslash and no angle.
    const letter = code - (code > 92 ? 35 : code > 60 ? 34 : code > 34 ? 33 : 32);
    const isShort = letter < 36;
    count += isShort ? 6 : 7;
    bits = (bits << (isShort ? 6 : 7)) | (isShort ? letter : letter + 36);
    if (count > 7) {
      count -= 8;
      input[filled++] = bits >> count;
    }
  }

  // Where the odds of each kind of decision begin. Most depend on the state, one of 12.
  const IS_MATCH = 0;
  const IS_REPEATED = 12;
  const IS_FAR = 24;
  const IS_FARTHER = 36;
  const IS_FARTHEST = 48;
  const IS_LONG = 60;
  const SLOT = 72;
  const NEAR = SLOT + 4 * 64;
  const ALIGN = NEAR + 128;
  const RUN = ALIGN + 16;
  const REPEATED_RUN = RUN + 274;
  const LITERAL = REPEATED_RUN + 274;

  const columns = lengths.slice(0, -1);
  const size = lengths[columns.length];
  const length = columns.reduce((sum, column) => sum + column);
  const output = new Uint8Array(length);
  /** Odds, of 2048, that the next bit is 0. */
  const odds = new Uint16Array(LITERAL + 2 * 0x300).fill(1024);
  // The range that is left and the place in it: in an array, because it takes variables that
  // may exceed 31 bits twice the time.
  const coder = Uint32Array.of(-1, 0);
  let read = 1;
  while (read < 5) coder[1] = (coder[1] << 8) | input[read++];

  const refill = () => {
    if (coder[0] >>> 24) return;
    coder[0] <<= 8;
    coder[1] = (coder[1] << 8) | input[read++];
  };
  /** @param {number} place of the odds */
  const bit = (place) => {
    const odd = odds[place];
    const bound = (coder[0] >>> 11) * odd;
    const one = coder[1] < bound ? 0 : 1;
    if (one) {
      coder[0] -= bound;
      coder[1] -= bound;
      odds[place] -= odd >> 5;
    } else {
      coder[0] = bound;
      odds[place] += (2048 - odd) >> 5;
    }
    refill();
    return one;
  };
  /** A number, its highest bit first. @param {number} place @param {number} bits */
  const number = (place, bits) => {
    let node = 1;
    while (node >> bits === 0) node = node * 2 + bit(place + node);
    return node - (1 << bits);
  };
  /** A number, its lowest bit first. @param {number} place @param {number} bits */
  const reversed = (place, bits) => {
    let [node, value] = [1, 0];
    for (let i = 0; i < bits; i++) {
      const one = bit(place + node);
      node = node * 2 + one;
      value |= one << i;
    }
    return value;
  };
  /** The length of a copy. @param {number} place */
  const run = (place) => {
    if (!bit(place)) return 2 + number(place + 2, 3);
    return bit(place + 1) ? 18 + number(place + 18, 8) : 10 + number(place + 10, 3);
  };
  /** A distance that was not among the last four. @param {number} slot */
  const distance = (slot) => {
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) << bits;
    if (slot < 14) return start + reversed(NEAR + start - slot, bits);
    let high = 0;
    for (let i = 4; i < bits; i++) {
      coder[0] >>>= 1;
      const one = coder[1] < coder[0] ? 0 : 1;
      if (one) coder[1] -= coder[0];
      refill();
      high = high * 2 + one;
    }
    return start + high * 16 + reversed(ALIGN, 4);
  };

  let state = 0;
  let end = 0;
  /** Distances of the last four copies, less one; the newest is the first. */
  let [d0, d1, d2, d3] = [0, 0, 0, 0];
  const copy = () => {
    output[end] = output[end - d0 - 1];
    end++;
  };
  let steps = 0;
  while (end < length) {
    if (!(++steps % 1024)) await pause(false);
    if (!bit(IS_MATCH + state)) {
      const place = LITERAL + 0x300 * (output[end - 1] >> 7);
      let node = 1;
      if (state > 6) {
        // After a copy the byte differs from the one that would have come next.
        let next = output[end - d0 - 1];
        let isSame = true;
        while (isSame && node < 256) {
          const expected = (next >> 7) & 1;
          const one = bit(place + 256 * (1 + expected) + node);
          node = node * 2 + one;
          isSame = one === expected;
          next <<= 1;
        }
      }
      while (node < 256) node = node * 2 + bit(place + node);
      output[end++] = node;
      state = Math.max(0, state - (state < 10 ? 3 : 6));
      continue;
    }
    let left;
    if (bit(IS_REPEATED + state)) {
      if (bit(IS_FAR + state)) {
        if (!bit(IS_FARTHER + state)) [d0, d1] = [d1, d0];
        else if (!bit(IS_FARTHEST + state)) [d0, d1, d2] = [d2, d0, d1];
        else [d0, d1, d2, d3] = [d3, d0, d1, d2];
      } else if (!bit(IS_LONG + state)) {
        state = state < 7 ? 9 : 11;
        copy();
        continue;
      }
      left = run(REPEATED_RUN);
      state = state < 7 ? 8 : 11;
    } else {
      [d1, d2, d3] = [d0, d1, d2];
      left = run(RUN);
      state = state < 7 ? 7 : 10;
      d0 = distance(number(SLOT + 64 * Math.min(left - 2, 3), 6));
    }
    while (left--) copy();
  }

  // The columns, in their order.
  const [VARIABLES, SECTIONS, BRANCHES, CONSTANTS, OFFSETS, CALLS, LOCALS, LONGS, OPCODES] =
    columns.keys();
  let sum = 0;
  /** Where each goes on. */
  const places = columns.map((column) => (sum += column) - column);
  const module = new Uint8Array(size);
  end = 0;
  /** @param {number} column */
  const byte = (column) => {
    if (end === size) throw new RangeError();
    return (module[end++] = output[places[column]++]);
  };
  /** Copies a number, of 7 bits a byte. @param {number} column */
  const copyNumber = (column) => {
    let [value, shift, next] = [0, 0, 0];
    do {
      next = byte(column);
      value |= (next & 127) << shift;
      shift += 7;
    } while (next > 127);
    return value;
  };
  /** Leaves room for a length and returns what writes that of all that follows. */
  const measure = () => {
    const start = (end += 5);
    return () => {
      for (let i = 0; i < 5; i++) {
        module[start - 5 + i] = (((end - start) >> (7 * i)) & 127) | (i < 4 ? 128 : 0);
      }
    };
  };
  const copyBody = () => {
    for (let groups = copyNumber(LOCALS); groups--; ) {
      copyNumber(LOCALS);
      byte(LOCALS);
    }
    for (let depth = 1; depth; ) {
      const opcode = byte(OPCODES);
      if (opcode === 0x0b) depth--;
      else if (opcode < 2) continue;
      else if (opcode < 5) {
        depth++;
        copyNumber(OPCODES);
      } else if (opcode === 0x0c || opcode === 0x0d) copyNumber(BRANCHES);
      else if (opcode === 0x0e) {
        for (let left = copyNumber(BRANCHES) + 1; left--; ) copyNumber(BRANCHES);
      } else if (opcode === 0x10) copyNumber(CALLS);
      else if (opcode === 0x11) {
        copyNumber(OPCODES);
        copyNumber(OPCODES);
      } else if (opcode < 0x20) continue;
      else if (opcode < 0x23) copyNumber(VARIABLES);
      else if (opcode < 0x41) {
        copyNumber(OPCODES);
        // Loads and stores have an offset after the alignment.
        if (opcode > 0x27 && opcode < 0x3f) copyNumber(OFFSETS);
      } else if (opcode === 0x41) copyNumber(CONSTANTS);
      else if (opcode === 0x42) copyNumber(LONGS);
      else if (opcode < 0x45) for (let left = opcode < 0x44 ? 4 : 8; left--; ) byte(LONGS);
      else if (opcode === 0xfc) {
        const more = copyNumber(OPCODES);
        // Conversions have no operands. Memories and tables: from where, or where to, or both.
        if (more > 7) copyNumber(OPCODES);
        if (more > 7 && more < 15 && !(more % 2)) copyNumber(OPCODES);
      } else if (opcode === 0xd0 || opcode === 0xd2) copyNumber(OPCODES);
    }
  };
  for (let i = 0; i < 8; i++) byte(SECTIONS);
  while (end < size) {
    if (byte(SECTIONS) !== 10) {
      for (let left = copyNumber(SECTIONS); left--; ) byte(SECTIONS);
      continue;
    }
    const finish = measure();
    for (let left = copyNumber(SECTIONS); left--; ) {
      const finishBody = measure();
      copyBody();
      finishBody();
      if (!(left % 16)) await pause(false);
    }
    finish();
  }
  return module;
}
