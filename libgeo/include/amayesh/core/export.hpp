#pragma once

/// Marks what the shared libraries export; everything else stays hidden.
#define AMAYESH_EXPORT __attribute__((visibility("default")))
