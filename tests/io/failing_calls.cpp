// Preloaded into a process, makes its n-th call that changes a file fail: write, pwrite, fsync, fdatasync, ftruncate, rename,
// counted under one folder. After the failure everything works again, or, with FAULT_STAYS, nothing does.
//   FAULT_FOLDER  the folder      FAULT_AT  n, from 1      FAULT_ERRNO  the error      FAULT_STAYS  set = it stays
#include <dlfcn.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

const char* setting(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

bool is_watched(const char* path) {
    static const std::string folder = setting("FAULT_FOLDER");
    return !folder.empty() && std::strncmp(path, folder.c_str(), folder.size()) == 0;
}

bool is_watched(int file) {
    char link[64];
    char path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    const ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return false;
    path[length] = '\0';
    return is_watched(path);
}

/// True where this call is to fail; errno is then set.
bool is_due() {
    static std::atomic<long> calls{0};
    static const long at = std::atol(setting("FAULT_AT"));
    static const int error = std::atoi(setting("FAULT_ERRNO"));
    static const bool stays = *setting("FAULT_STAYS") != '\0';
    const long call = ++calls;
    if (at == 0 || call < at || (call > at && !stays)) return false;
    errno = error;
    return true;
}

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) ssize_t write(int file, const void* bytes, size_t count) {
    static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
    return is_watched(file) && is_due() ? -1 : real(file, bytes, count);
}

__attribute__((visibility("default"))) ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
    static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
    return is_watched(file) && is_due() ? -1 : real(file, bytes, count, at);
}

__attribute__((visibility("default"))) ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
    static auto* const real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    return is_watched(file) && is_due() ? -1 : real(file, bytes, count, at);
}

__attribute__((visibility("default"))) int fsync(int file) {
    static auto* const real = next<int(int)>("fsync");
    return is_watched(file) && is_due() ? -1 : real(file);
}

__attribute__((visibility("default"))) int fdatasync(int file) {
    static auto* const real = next<int(int)>("fdatasync");
    return is_watched(file) && is_due() ? -1 : real(file);
}

__attribute__((visibility("default"))) int ftruncate64(int file, off64_t size) noexcept {
    static auto* const real = next<int(int, off64_t)>("ftruncate64");
    return is_watched(file) && is_due() ? -1 : real(file, size);
}

__attribute__((visibility("default"))) int rename(const char* from, const char* to) noexcept {
    static auto* const real = next<int(const char*, const char*)>("rename");
    return is_watched(to) && is_due() ? -1 : real(from, to);
}

__attribute__((visibility("default"))) int renameat2(int from_folder, const char* from, int to_folder, const char* to,
                                                     unsigned flags) noexcept {
    static auto* const real = next<int(int, const char*, int, const char*, unsigned)>("renameat2");
    return is_watched(to) && is_due() ? -1 : real(from_folder, from, to_folder, to, flags);
}
}
