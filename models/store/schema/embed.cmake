# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DOUTPUT=migrations.cpp -DFOLDER=schema -P embed.cmake: makes one C++ file of the numbered SQL files.
file(GLOB files "${FOLDER}/[0-9][0-9][0-9]_*.sql")
list(SORT files)
set(rows "")
set(expected 0)
foreach(file IN LISTS files)
    math(EXPR expected "${expected} + 1")
    get_filename_component(name "${file}" NAME)
    string(SUBSTRING "${name}" 0 3 digits)
    string(REGEX REPLACE "^0+" "" number "${digits}")
    if(NOT number EQUAL expected)
        message(FATAL_ERROR "${name}: schema files are numbered 001, 002... without gaps")
    endif()
    file(READ "${file}" text)
    string(APPEND rows "    {${number}, R\"sql(${text})sql\"},\n")
endforeach()
set(code "// Made from the SQL files of schema/ by embed.cmake.
#include \"models/store/schema.h\"

namespace telltale {

std::span<const Migration> cacheMigrations()
{
    static constexpr Migration kMigrations[] = {
${rows}    };
    return kMigrations;
}

} // namespace telltale
")
file(WRITE "${OUTPUT}" "${code}")
