#ifndef TB_CKERNELS_H
#define TB_CKERNELS_H
/* Umbrella header: one header a kernel family. */
#include "tb_draw.h"
#include "tb_resize.h"
#endif
