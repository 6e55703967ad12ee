# SPDX-License-Identifier: GPL-3.0-or-later
# What every target is compiled with. Nothing global: targets link Telltale::options.

option(TELLTALE_BUILD_TESTS "Build tests and benchmarks" ON)
option(TELLTALE_WARNINGS_AS_ERRORS "Turn warnings into errors (presets do)" OFF)
option(TELLTALE_FUZZERS "Build the libFuzzer targets (clang only)" OFF)
set(TELLTALE_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=: 'address,undefined' or 'thread'")

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(TELLTALE_CCACHE ccache)
if(TELLTALE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # With the sloppiness, a precompiled header does not hide changes from ccache; with the base directory and without
    # the working directory in the hash, a second clone on the same machine finds what the first one compiled.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND};-E;env"
        "CCACHE_SLOPPINESS=pch_defines,time_macros;CCACHE_BASEDIR=${CMAKE_SOURCE_DIR};CCACHE_NOHASHDIR=1"
        "${TELLTALE_CCACHE}")
endif()

add_library(telltale_options INTERFACE)
add_library(Telltale::options ALIAS telltale_options)
target_compile_features(telltale_options INTERFACE cxx_std_20)
target_compile_definitions(telltale_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS
    QT_USE_QSTRINGBUILDER TELLTALE_VERSION="${PROJECT_VERSION}")
# Every program here has threads, and precompiled headers can be shared only where the same macros are defined.
target_compile_options(telltale_options INTERFACE -pthread)
target_link_options(telltale_options INTERFACE -pthread)
target_compile_options(telltale_options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align
    -Woverloaded-virtual -Wnull-dereference -Wno-missing-field-initializers
    # Those that are off cry wolf in GCC 12: its own std::string and std::vector, inlined, look out of bounds to it.
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wlogical-op
        -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict -Wno-array-bounds
        -Wno-stringop-overflow -Wno-stringop-overread>
    # GCC 12 may move 64 bits by way of an MMX register and forget the EMMS after it: from then on every long double of
    # that thread is not a number.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<STREQUAL:${CMAKE_SYSTEM_PROCESSOR},x86_64>>:-mno-mmx>
    $<$<BOOL:${TELLTALE_WARNINGS_AS_ERRORS}>:-Werror>)
if(TELLTALE_SANITIZE)
    target_compile_options(telltale_options INTERFACE
        -fsanitize=${TELLTALE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
        # GCC's manual: sanitizers raise the rate of false warnings, so they should not be errors. The other presets see
        # the true ones.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-error>)
    target_link_options(telltale_options INTERFACE -fsanitize=${TELLTALE_SANITIZE})
endif()

# moc of Qt 6.4 stumbles over C++20's <concepts>, which <compare> includes; it needs neither.
set(CMAKE_AUTOMOC_MOC_OPTIONS -D_COMPARE -D_GLIBCXX_CONCEPTS)
if(TELLTALE_FUZZERS)
    # Coverage for libFuzzer in every library; only the targets of tests/fuzz link its main().
    target_compile_options(telltale_options INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(telltale_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
