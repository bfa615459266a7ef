/* The inner passes with AVX2: four columns across and 32 values down at a time. */

#include "resize_rows.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

/// Two columns, one a lane: the products summed in pairs, three 32-bit values a lane.
AVX2 static inline __m256i two_columns(const uint8_t *low, const uint8_t *high, __m256i weights) {
  // Six bytes r g b r' g' b' become the words r r' g g' b b'.
  const __m256i pairs = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1));
  const __m128i a = _mm_loadl_epi64((const __m128i *)low), b = _mm_loadl_epi64((const __m128i *)high);
  const __m256i bytes = _mm256_inserti128_si256(_mm256_castsi128_si256(a), b, 1);
  return _mm256_srai_epi32(_mm256_madd_epi16(_mm256_shuffle_epi8(bytes, pairs), weights), 4);
}

AVX2 static void across(const uint8_t *line, int64_t line_bytes, const tb_columns *columns, int64_t begin, int64_t end,
                        int16_t *values) {
  const __m256i first_and_third = _mm256_setr_epi32(0, 0, 0, 0, 2, 2, 2, 2);
  const __m256i second_and_fourth = _mm256_setr_epi32(1, 1, 1, 1, 3, 3, 3, 3);
  const __m256i squeeze = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, -1, -1, -1, -1));
  int64_t d = begin;
  // Eight bytes are read where six are wanted; offsets grow, so the last of the four decides.
  for (; d + 4 <= end && columns->offset[d + 3] + 8 <= line_bytes; d += 4) {
    const int64_t *o = columns->offset + d;
    const __m256i w =
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)(columns->weights + 2 * d)));
    const __m256i a = two_columns(line + o[0], line + o[2], _mm256_permutevar8x32_epi32(w, first_and_third));
    const __m256i b = two_columns(line + o[1], line + o[3], _mm256_permutevar8x32_epi32(w, second_and_fourth));
    const __m256i four = _mm256_shuffle_epi8(_mm256_packs_epi32(a, b), squeeze);
    _mm_storeu_si128((__m128i *)(void *)(values + 3 * d), _mm256_castsi256_si128(four));
    _mm_storeu_si128((__m128i *)(void *)(values + 3 * d + 6), _mm256_extracti128_si256(four, 1));
  }
  tb_row_passes_portable.across(line, line_bytes, columns, d, end, values);
}

AVX2 static void down(const int16_t *upper, const int16_t *lower, int32_t b0, int32_t b1, int64_t count, uint8_t *out) {
  const __m256i w0 = _mm256_set1_epi16((int16_t)b0), w1 = _mm256_set1_epi16((int16_t)b1);
  const __m256i two = _mm256_set1_epi16(2);
  int64_t i = 0;
  for (; i + 32 <= count; i += 32) {
    __m256i half[2];
    for (int k = 0; k < 2; k++) {
      const __m256i u = _mm256_loadu_si256((const __m256i *)(const void *)(upper + i + 16 * k));
      const __m256i l = _mm256_loadu_si256((const __m256i *)(const void *)(lower + i + 16 * k));
      const __m256i sum = _mm256_add_epi16(_mm256_mulhi_epi16(u, w0), _mm256_mulhi_epi16(l, w1));
      half[k] = _mm256_srai_epi16(_mm256_add_epi16(sum, two), 2);
    }
    const __m256i bytes = _mm256_permute4x64_epi64(_mm256_packus_epi16(half[0], half[1]), 0xD8);
    _mm256_storeu_si256((__m256i *)(void *)(out + i), bytes);
  }
  tb_row_passes_portable.down(upper + i, lower + i, b0, b1, count - i, out + i);
}

const tb_row_passes tb_row_passes_avx2 = {across, down};

#endif
