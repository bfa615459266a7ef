#ifndef TB_CKERNELS_H
#define TB_CKERNELS_H
/* Umbrella header: one header a kernel family. */
#include "tb_convolution.h"
#include "tb_correlation.h"
#include "tb_curves.h"
#include "tb_draw.h"
#include "tb_elementwise.h"
#include "tb_fast_convolution.h"
#include "tb_isa.h"
#include "tb_patches.h"
#include "tb_peak.h"
#include "tb_pool.h"
#include "tb_pooling.h"
#include "tb_resample.h"
#include "tb_resize.h"
#include "tb_shape.h"
#endif
