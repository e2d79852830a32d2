/* Decodes a JPEG at an eighth of its size, as libjpeg does with scale 1/8 and to the same pixels, but without looking
 * at what such a picture does not show: of brightness only the mean of each block is made, and the codes of its
 * details are stepped over, several at a time. That takes two thirds of the time.
 *
 * It reads what cameras write: baseline, 8 bits, YCbCr in one scan, 4:2:0, 4:2:2 or 4:4:4. Anything else, and anything
 * that is not quite right, it refuses; then libjpeg is asked, which knows what to do. Nothing is read or written
 * outside of what it is given. Tables and codes: ITU-T T.81, annexes B, C and F.
 */

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define STEP_BITS 13
#define CODE_BITS 12
#define FILLED_BITS 56
#define MOST_BLOCKS (1 << 26)
/* A unit has six blocks at most, of 64 codes with values of 27 bits at most: so many bytes are read past the end. */
#define PAST 2048

/* What a peek of STEP_BITS at codes of details says: how many bits of codes and values it holds, how many places they
 * go forward, and whether the block ends with them. No bits: it holds no whole code with its value. */
typedef struct {
    uint8_t bits, places;
} Step;

#define ENDS 0x80 /* beside the places */

/* What a peek of CODE_BITS at codes of details says, with one value: by how many places it comes after the last one. No
 * bits: it holds no whole code with its value. */
typedef struct {
    int16_t value;
    uint8_t bits, places;
} Detail;

/* What a peek of CODE_BITS says: a symbol and the bits of its code. No bits: the code is longer. */
typedef struct {
    uint8_t bits, symbol;
} Code;

typedef struct {
    int is_there;
    Code codes[1 << CODE_BITS];
    Step steps[1 << STEP_BITS];
    Detail values[1 << CODE_BITS];
    int32_t most[18]; /* by length: the last code + 1, left-aligned in 16 bits */
    int32_t first[17];
    uint8_t start[17];
    uint8_t symbols[256];
} Table;

typedef struct {
    int id, wide, high, quantisation, details, means;
    int32_t last;
} Part;

/* The bits of codes, the next one highest. */
typedef struct {
    const uint8_t *at;
    uint64_t bits;
    int count;
} Source;

typedef struct {
    uint16_t quantisation[4][64]; /* in zigzag order */
    uint8_t has_quantisation[4];
    Table means[4], details[4];
    Part parts[3];
    int width, height, interval;
} Picture;

static const uint8_t ZIGZAG[64] = {
    0,  1,  8,  16, 9,  2,  3,  10, 17, 24, 32, 25, 18, 11, 4,  5,  12, 19, 26, 33, 40, 48,
    41, 34, 27, 20, 13, 6,  7,  14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23,
    30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
};

/* Has at least 56 bits there: those below the counted ones are what follows, and are read once more. */
static inline void fill(Source *source) {
    uint64_t next;
    memcpy(&next, source->at, 8);
    source->bits |= __builtin_bswap64(next) >> source->count;
    source->at += (63 - source->count) >> 3;
    source->count |= 56;
}

static inline void drop(Source *source, int bits) {
    source->bits <<= bits;
    source->count -= bits;
}

/* Returns the next symbol, or -1; 16 bits have to be there. */
static inline int symbol_in(Source *source, const Table *table) {
    const Code code = table->codes[source->bits >> (64 - CODE_BITS)];
    if (code.bits) {
        drop(source, code.bits);
        return code.symbol;
    }
    const int32_t peek = (int32_t)(source->bits >> 48);
    for (int bits = CODE_BITS + 1; bits <= 16; bits++) {
        if (peek < table->most[bits]) {
            const int32_t place = table->start[bits] + (peek >> (16 - bits)) - table->first[bits];
            drop(source, bits);
            return place < 0 || place > 255 ? -1 : table->symbols[place];
        }
    }
    return -1;
}

/* Returns a value from its bits, F.2.2.1. */
static inline int32_t signed_value(int32_t bits, int size) {
    return bits >> (size - 1) ? bits : bits - (1 << size) + 1;
}

static inline int32_t value_in(Source *source, int size) {
    if (!size) return 0;
    const int32_t bits = (int32_t)(source->bits >> (64 - size));
    drop(source, size);
    return signed_value(bits, size);
}

static int mean_in(Source *source, const Table *table, int32_t *last) {
    fill(source);
    const int size = symbol_in(source, table);
    if (size < 0 || size > 11) return 0;
    *last += value_in(source, size);
    return 1;
}

/* Goes on by one code: returns the size of its value, which is left to be read, after so many more places; or -1 at the
 * end of the block, or -2 where that cannot be. 26 bits have to be there. */
static int size_in(Source *source, const Table *table, int *place) {
    const int symbol = symbol_in(source, table);
    if (symbol == 0) return -1;
    const int size = symbol & 15;
    *place += (symbol >> 4) + 1;
    return symbol < 0 || *place > 64 || (!size && symbol != 0xF0) || size > 10 ? -2 : size;
}

/* Steps over the details of a block. */
static int pass_details(Source *const source, const Table *const table) {
    Source here = *source; /* in registers */
    int place = 1;
    while (place < 64) {
        fill(&here);
        Step step = {0, 0};
        for (int steps = FILLED_BITS / STEP_BITS; steps; steps--) {
            step = table->steps[here.bits >> (64 - STEP_BITS)];
            const int next = place + (step.places & ~ENDS);
            if (!step.bits || next > 63) goto by_one;
            drop(&here, step.bits);
            if (step.places & ENDS) goto end;
            place = next;
        }
        continue;
    by_one:
        fill(&here);
        const int size = size_in(&here, table, &place);
        if (size == -2) return 0;
        if (size == -1) break;
        drop(&here, size);
    }
end:
    *source = here;
    return 1;
}

/* Reads the details of a block, multiplied, into [64] zeros in natural order; tells whether that could be done. */
static int details_in(Source *const source, const Table *const table, const uint16_t *quantisation, int32_t *block) {
    Source here = *source;
    int place = 1; /* the next one */
    while (place < 64) {
        fill(&here);
        for (int codes = FILLED_BITS / CODE_BITS; codes; codes--) {
            const Detail detail = table->values[here.bits >> (64 - CODE_BITS)];
            const int next = place + detail.places;
            if (!detail.bits || next > 63) goto by_one;
            drop(&here, detail.bits);
            if (!detail.places) goto end;
            block[ZIGZAG[next - 1]] = detail.value * quantisation[next - 1];
            place = next;
        }
        continue;
    by_one:
        fill(&here);
        const int size = size_in(&here, table, &place);
        if (size == -2) return 0;
        if (size == -1) break;
        block[ZIGZAG[place - 1]] = value_in(&here, size) * quantisation[place - 1];
    }
end:
    *source = here;
    return 1;
}

static uint8_t clamped(int64_t value) { return value < 0 ? 0 : value > 255 ? 255 : (uint8_t)value; }

/* Returns the shade of a block shrunk to one point, as libjpeg rounds it. */
static uint8_t shade_of(int32_t mean) { return clamped(((mean + 4) >> 3) + 128); }

/* A block as two by two points: libjpeg's jidctred.c, jpeg_idct_2x2, whose constants have 13 bits behind the point. */
static int64_t odd(int64_t one, int64_t three, int64_t five, int64_t seven) {
    return one * 29692 - three * 10426 + five * 6967 - seven * 5906;
}

static void four_shades(const int32_t *block, uint8_t *above, uint8_t *below) {
    int32_t upper[8], lower[8];
    for (int column = 0; column < 8; column += column ? 2 : 1) { /* the second and later even ones have no weight */
        const int64_t even = (int64_t)block[column] * (1 << 15);
        const int64_t rest = odd(block[8 + column], block[24 + column], block[40 + column], block[56 + column]);
        upper[column] = (int32_t)((even + rest + (1 << 12)) >> 13);
        lower[column] = (int32_t)((even - rest + (1 << 12)) >> 13);
    }
    for (int row = 0; row < 2; row++) {
        const int32_t *line = row ? lower : upper;
        uint8_t *points = row ? below : above;
        const int64_t even = (int64_t)line[0] * (1 << 15);
        const int64_t rest = odd(line[1], line[3], line[5], line[7]);
        points[0] = clamped(((even + rest + (1 << 19)) >> 20) + 128);
        points[1] = clamped(((even - rest + (1 << 19)) >> 20) + 128);
    }
}

static Step step_at(const Table *table, int32_t peek) {
    Step step = {0, 0};
    while (step.bits < STEP_BITS) {
        const Code next = table->codes[(peek << step.bits & ((1 << STEP_BITS) - 1)) >> (STEP_BITS - CODE_BITS)];
        const int size = next.symbol & 15, places = next.symbol ? (next.symbol >> 4) + 1 : 0;
        if (!next.bits || next.bits + size > STEP_BITS - step.bits) break;
        if ((!size && next.symbol && next.symbol != 0xF0) || step.places + places > 63) break;
        step.bits += next.bits + size;
        step.places += places;
        if (!next.symbol) {
            step.places |= ENDS;
            break;
        }
    }
    return step;
}

static Detail detail_at(const Table *table, int32_t peek) {
    const Code code = table->codes[peek];
    const int size = code.symbol & 15, bits = code.bits + size;
    if (!code.bits || bits > CODE_BITS || (!size && code.symbol && code.symbol != 0xF0)) return (Detail){0, 0, 0};
    if (!code.symbol) return (Detail){0, code.bits, 0};
    const int32_t value = size ? signed_value(peek >> (CODE_BITS - bits) & ((1 << size) - 1), size) : 0;
    return (Detail){(int16_t)value, (uint8_t)bits, (uint8_t)((code.symbol >> 4) + 1)};
}

static int set_table(Table *table, const uint8_t *counts, const uint8_t *symbols, int of_details) {
    memset(table, 0, sizeof *table);
    int32_t code = 0, place = 0;
    for (int bits = 1; bits <= 16; bits++, code <<= 1) {
        table->first[bits] = code;
        table->start[bits] = (uint8_t)place;
        for (int number = 0; number < counts[bits - 1]; number++, code++, place++) {
            if (place > 255 || code >> bits) return 0;
            table->symbols[place] = symbols[place];
            if (bits <= CODE_BITS) {
                const int32_t from = code << (CODE_BITS - bits);
                for (int32_t at = from; at < from + (1 << (CODE_BITS - bits)); at++) {
                    table->codes[at] = (Code){(uint8_t)bits, symbols[place]};
                }
            }
        }
        table->most[bits] = counts[bits - 1] ? code << (16 - bits) : 0;
    }
    table->is_there = 1;
    for (int32_t peek = 0; of_details && peek < 1 << STEP_BITS; peek++) table->steps[peek] = step_at(table, peek);
    for (int32_t peek = 0; of_details && peek < 1 << CODE_BITS; peek++) table->values[peek] = detail_at(table, peek);
    return 1;
}

static int read_tables(Picture *picture, const uint8_t *at, const uint8_t *end) {
    while (at < end) {
        if (end - at < 17) return 0;
        int count = 0;
        for (int bits = 1; bits <= 16; bits++) count += at[bits];
        if ((at[0] & 0xEF) > 3 || count > 256 || end - at - 17 < count) return 0;
        Table *table = at[0] >> 4 ? &picture->details[at[0] & 3] : &picture->means[at[0] & 3];
        if (!set_table(table, at + 1, at + 17, at[0] >> 4)) return 0;
        at += 17 + count;
    }
    return 1;
}

static int read_quantisation(Picture *picture, const uint8_t *at, const uint8_t *end) {
    for (; at < end; at += 65) {
        if (at[0] > 3 || end - at < 65) return 0; /* baseline: 8 bits each */
        for (int place = 0; place < 64; place++) picture->quantisation[at[0]][place] = at[1 + place];
        picture->has_quantisation[at[0]] = 1;
    }
    return 1;
}

static int read_frame(Picture *picture, const uint8_t *at, const uint8_t *end) {
    if (end - at != 15 || at[0] != 8 || at[5] != 3 || picture->width) return 0;
    picture->height = at[1] << 8 | at[2];
    picture->width = at[3] << 8 | at[4];
    for (int number = 0; number < 3; number++) {
        const uint8_t *told = at + 6 + 3 * number;
        picture->parts[number] =
            (Part){.id = told[0], .wide = told[1] >> 4, .high = told[1] & 15, .quantisation = told[2]};
        if (told[0] != number + 1 || told[2] > 3 || (number && told[1] != 0x11)) return 0;
    }
    const Part *first = picture->parts;
    const int shape = first->wide << 4 | first->high;
    return picture->height && picture->width && (shape == 0x11 || shape == 0x21 || shape == 0x22);
}

static int read_scan(Picture *picture, const uint8_t *at, const uint8_t *end) {
    if (end - at != 10 || at[0] != 3 || !picture->width || at[7] != 0 || at[8] != 63 || at[9] != 0) return 0;
    for (int number = 0; number < 3; number++) {
        Part *part = &picture->parts[number];
        const int means = at[2 + 2 * number] >> 4, details = at[2 + 2 * number] & 15;
        if (at[1 + 2 * number] != part->id || means > 3 || details > 3) return 0;
        if (!picture->means[means].is_there || !picture->details[details].is_there) return 0;
        if (!picture->has_quantisation[part->quantisation]) return 0;
        part->means = means;
        part->details = details;
    }
    return 1;
}

/* Reads everything up to the scan; returns where its codes begin, or NULL. */
static const uint8_t *read_head(Picture *picture, const uint8_t *at, const uint8_t *end) {
    if (end - at < 4 || at[0] != 0xFF || at[1] != 0xD8) return NULL;
    at += 2;
    while (end - at >= 4 && at[0] == 0xFF) {
        const int marker = at[1];
        const uint8_t *body = at + 4, *next = at + 2 + (at[2] << 8 | at[3]);
        if (next < body || next > end) return NULL;
        int is_right = 1;
        if (marker == 0xDA) return read_scan(picture, body, next) ? next : NULL;
        if (marker == 0xC4) is_right = read_tables(picture, body, next);
        else if (marker == 0xDB) is_right = read_quantisation(picture, body, next);
        else if (marker == 0xC0) is_right = read_frame(picture, body, next);
        else if (marker == 0xDD) {
            is_right = next - body == 2;
            if (is_right) picture->interval = body[0] << 8 | body[1];
        } else if (marker == 0xEE && next - body >= 12 && !memcmp(body, "Adobe", 5)) is_right = body[11] == 1;
        else is_right = (marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE;
        if (!is_right) return NULL;
        at = next;
    }
    return NULL;
}

/* Copies codes up to the next marker to where they are read from, without the zeros that stand behind bytes of 255, and
 * puts PAST zeros behind them; returns where the marker is, or NULL. */
static const uint8_t *unstuffed(const uint8_t *at, const uint8_t *end, uint8_t *to, const uint8_t **over) {
    for (;;) {
        const uint8_t *mark = memchr(at, 0xFF, (size_t)(end - at));
        if (!mark || end - mark < 2) return NULL;
        const size_t some = (size_t)(mark - at);
        memcpy(to, at, some);
        to += some;
        if (mark[1]) {
            memset(to, 0, PAST);
            *over = to;
            return mark;
        }
        *to++ = 0xFF;
        at = mark + 2;
    }
}

static int read_block(Picture *picture, Source *source, int number, uint8_t *points, int stride) {
    Part *part = &picture->parts[number];
    const Part *first = picture->parts;
    const Table *details = &picture->details[part->details];
    const uint16_t *quantisation = picture->quantisation[part->quantisation];
    if (!mean_in(source, &picture->means[part->means], &part->last)) return 0;
    const int32_t mean = part->last * quantisation[0];
    if (!number || first->wide * first->high < 4) {
        points[0] = shade_of(mean);
        return pass_details(source, details);
    }
    int32_t values[64] = {mean};
    if (!details_in(source, details, quantisation, values)) return 0;
    four_shades(values, points, points + stride);
    return 1;
}

/* Reads all blocks of the scan into planes, in lines of ``stride`` points. */
static int read_blocks(Picture *picture, const uint8_t *at, const uint8_t *end, uint8_t *room,
                       uint8_t *const planes[3], int across, int down, int stride) {
    const uint8_t *over = room;
    Source source = {room, 0, 0};
    const int of_all = across * down;
    const int halves = picture->parts[0].wide * picture->parts[0].high == 4;
    for (int unit = 0; unit < of_all; unit++) {
        const int interval = picture->interval ? picture->interval : of_all;
        if (unit % interval == 0) {
            if (unit && (at[1] != 0xD0 + (unit / interval - 1) % 8)) return 0;
            at = unstuffed(unit ? at + 2 : at, end, room, &over);
            if (!at) return 0;
            source = (Source){room, 0, 0};
            for (int part = 0; part < 3; part++) picture->parts[part].last = 0;
        }
        const int row = unit / across, column = unit % across;
        for (int number = 0; number < 3; number++) {
            const Part *part = &picture->parts[number];
            const int wide = number && halves ? 2 : part->wide, high = number && halves ? 2 : part->high;
            uint8_t *corner = planes[number] + (size_t)row * high * stride + column * wide;
            for (int block = 0; block < part->wide * part->high; block++) {
                uint8_t *points = corner + (size_t)(block / part->wide) * stride + block % part->wide;
                if (!read_block(picture, &source, number, points, stride)) return 0;
            }
        }
        /* Bytes of which no bit was taken have not been used. */
        if (source.at - source.count / 8 > over) return 0;
    }
    return 1;
}

/* To red, green and blue as libjpeg rounds them (jdcolor.c). */
static void colour(const Picture *picture, uint8_t *const planes[3], int stride, uint8_t *rgb, int width, int height) {
    const int shared = picture->parts[0].wide == 2 && picture->parts[0].high == 1;
    for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, rgb += 3) {
            const int place = shared ? x / 2 : x;
            const int32_t shade = planes[0][(size_t)y * stride + x];
            const int32_t blue = planes[1][(size_t)y * stride + place] - 128;
            const int32_t red = planes[2][(size_t)y * stride + place] - 128;
            rgb[0] = clamped(shade + ((91881 * red + 32768) >> 16));
            rgb[1] = clamped(shade + ((-22554 * blue - 46802 * red + 32768) >> 16));
            rgb[2] = clamped(shade + ((116130 * blue + 32768) >> 16));
        }
    }
}

/* Decodes a JPEG at an eighth of its size.
 *
 * data, size: the file. rgb: room for width * height * 3 bytes, where width and height are an eighth of the picture's,
 * rounded up. Returns 1, or 0 where it is not for this decoder, or not right; what is in rgb then is of no use.
 */
int vexgui_eighth(const uint8_t *data, size_t size, uint8_t *rgb, int width, int height) {
    Picture *picture = calloc(1, sizeof *picture);
    uint8_t *room = NULL;
    int is_done = 0;
    const uint8_t *codes = picture ? read_head(picture, data, data + size) : NULL;
    if (codes && width == (picture->width + 7) / 8 && height == (picture->height + 7) / 8) {
        const int wide = picture->parts[0].wide, high = picture->parts[0].high;
        const int across = (picture->width + 8 * wide - 1) / (8 * wide);
        const int down = (picture->height + 8 * high - 1) / (8 * high);
        const int stride = across * wide;
        const size_t plane = (size_t)stride * down * high, rest = (size_t)(data + size - codes);
        if (plane <= MOST_BLOCKS) room = malloc(3 * plane + rest + PAST);
        if (room) {
            uint8_t *const planes[3] = {room, room + plane, room + 2 * plane};
            is_done = read_blocks(picture, codes, data + size, room + 3 * plane, planes, across, down, stride);
            if (is_done) colour(picture, planes, stride, rgb, width, height);
        }
    }
    free(room);
    free(picture);
    return is_done;
}
