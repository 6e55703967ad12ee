# SPDX-License-Identifier: GPL-3.0-or-later
# Debian 12's versions are the floor. README says why each is here.

find_package(Threads REQUIRED)
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets PrintSupport Charts Svg Network DBus LinguistTools)
if(TELLTALE_BUILD_TESTS)
    find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()
find_package(Boost 1.74 REQUIRED)
find_package(simdjson REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL 7.88 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(Qt6Keychain REQUIRED)
find_package(tl-expected REQUIRED)
find_package(CLI11 REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET GLOBAL libzstd)
pkg_check_modules(deflate REQUIRED IMPORTED_TARGET GLOBAL libdeflate)
pkg_check_modules(nghttp2 REQUIRED IMPORTED_TARGET GLOBAL libnghttp2)
pkg_check_modules(mosquitto REQUIRED IMPORTED_TARGET GLOBAL libmosquitto)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET GLOBAL libxxhash)
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET GLOBAL libqpdf)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET GLOBAL xlsxwriter)
pkg_check_modules(simpleini REQUIRED IMPORTED_TARGET GLOBAL simpleini)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET GLOBAL re2)

find_path(PROTOZERO_INCLUDE_DIR protozero/pbf_reader.hpp REQUIRED)
add_library(protozero INTERFACE IMPORTED GLOBAL)
target_include_directories(protozero SYSTEM INTERFACE "${PROTOZERO_INCLUDE_DIR}")

# Debian 12's roaring-config.cmake reports itself as not found.
find_path(ROARING_INCLUDE_DIR roaring/roaring.h REQUIRED)
find_library(ROARING_LIBRARY roaring REQUIRED)
add_library(roaring INTERFACE IMPORTED GLOBAL)
target_include_directories(roaring SYSTEM INTERFACE "${ROARING_INCLUDE_DIR}")
target_link_libraries(roaring INTERFACE "${ROARING_LIBRARY}")
