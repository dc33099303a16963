#pragma once

#include <stdexcept>
#include <string>

#include <amayesh/core/export.hpp>

namespace amayesh {

/// A broken promise. The message says what, where (file, layer, feature, field), why, and the way out.
class AMAYESH_EXPORT Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A value that cannot be worked with: a negative capacity, a study key of the wrong type.
class AMAYESH_EXPORT InvalidInput : public Error {
public:
    using Error::Error;
};

/// A missing, unknown, mixed or unsuitable coordinate reference system.
class AMAYESH_EXPORT CrsError : public Error {
public:
    using Error::Error;
};

/// A file that cannot be read or written.
class AMAYESH_EXPORT IoError : public Error {
public:
    using Error::Error;
};

}  // namespace amayesh
