// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/segmentrows.h"

#include <string>

namespace telltale {

// The attributes of a segment, column by column.
//
// A column holds the values of one (key, type, mirror) in order of rows; a row's *shape* is the sequence of columns it
// draws from, so order and duplicates survive, and rows alike share one shape. The blob is
//
//   packed directory: varint columns, per column {varint key, byte type, byte mirror, varint values, varint stored size},
//                     varint shapes, per shape {varint length, varint column...}, number column: shape of each row
//   per column:       a packed block (compression.h), stored size bytes; mirrors and nulls have none
//
// and a column's block is by type
//   Bool, Int:                  number column
//   Double:                     double column
//   String, Bytes, Structured:  byte 0, {varint size}..., bytes...; or byte 1, varint distinct, {varint size}...,
//                               bytes..., number column: which
//
// Packed blocks are compressed one by one: reading one attribute touches no other.

/// Appends the blob; nothing when no row has attributes.
void appendAttributes(std::string &out, const SegmentRows &rows);

} // namespace telltale
