// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/idset.h"

#include "models/store/bytestream.h"
#include "models/store/sqlite.h"

#include <limits>
#include <roaring/roaring.h>

namespace telltale {
namespace {

/// Below this, differences are about as small and much quicker than a bitmap.
constexpr std::size_t kFew = 256;

struct FreeBitmap
{
    void operator()(roaring_bitmap_t *bitmap) const { roaring_bitmap_free(bitmap); }
};
using BitmapPointer = std::unique_ptr<roaring_bitmap_t, FreeBitmap>;

std::size_t differencesSize(std::span<const std::uint32_t> ids)
{
    std::size_t size = 0;
    std::uint32_t before = 0;
    for (const std::uint32_t id : ids) {
        for (std::uint32_t difference = id - before; difference >= 0x80; difference >>= 7)
            ++size;
        ++size;
        before = id;
    }
    return size;
}

} // namespace

struct IdSet::Private
{
    BitmapPointer bitmap;
};

IdSet::IdSet()
    : d(std::make_unique<Private>())
{
    d->bitmap.reset(roaring_bitmap_create());
}

IdSet::IdSet(const IdSet &other)
    : d(std::make_unique<Private>())
{
    d->bitmap.reset(roaring_bitmap_copy(other.d->bitmap.get()));
}

IdSet::IdSet(IdSet &&other) noexcept = default;

IdSet &IdSet::operator=(IdSet other) noexcept
{
    std::swap(d, other.d);
    return *this;
}

IdSet::~IdSet() = default;

void IdSet::add(std::uint32_t id)
{
    roaring_bitmap_add(d->bitmap.get(), id);
}

void IdSet::add(std::span<const std::uint32_t> ids)
{
    if (!ids.empty())
        roaring_bitmap_add_many(d->bitmap.get(), ids.size(), ids.data());
}

void IdSet::add(const IdSet &other)
{
    roaring_bitmap_or_inplace(d->bitmap.get(), other.d->bitmap.get());
}

bool IdSet::contains(std::uint32_t id) const
{
    return roaring_bitmap_contains(d->bitmap.get(), id);
}

std::uint64_t IdSet::count() const
{
    return roaring_bitmap_get_cardinality(d->bitmap.get());
}

std::vector<std::uint32_t> IdSet::ids() const
{
    std::vector<std::uint32_t> ids(count());
    roaring_bitmap_to_uint32_array(d->bitmap.get(), ids.data());
    return ids;
}

void IdSet::forEach(const std::function<void(std::uint32_t)> &visit) const
{
    for (const std::uint32_t id : ids())
        visit(id);
}

bool operator==(const IdSet &a, const IdSet &b)
{
    return roaring_bitmap_equals(a.d->bitmap.get(), b.d->bitmap.get());
}

void IdSet::appendTo(std::string &out) const
{
    const std::vector<std::uint32_t> all = ids();
    appendSorted(out, all);
}

void IdSet::appendSorted(std::string &out, std::span<const std::uint32_t> ids)
{
    ByteWriter writer(out);
    const std::size_t asDifferences = differencesSize(ids);
    if (ids.size() >= kFew) {
        const BitmapPointer bitmap(roaring_bitmap_of_ptr(ids.size(), ids.data()));
        roaring_bitmap_run_optimize(bitmap.get());
        const std::size_t size = roaring_bitmap_portable_size_in_bytes(bitmap.get());
        if (size < asDifferences) {
            writer.byte(static_cast<std::uint8_t>(Form::Bitmap));
            const std::size_t at = out.size();
            out.resize(at + size);
            roaring_bitmap_portable_serialize(bitmap.get(), out.data() + at);
            return;
        }
    }
    writer.byte(static_cast<std::uint8_t>(Form::Differences));
    std::uint32_t before = 0;
    for (const std::uint32_t id : ids) {
        writer.varint(id - before);
        before = id;
    }
}

IdSet IdSet::read(std::string_view bytes)
{
    IdSet set;
    ByteReader in(bytes);
    const auto form = static_cast<Form>(in.byte());
    if (form == Form::Bitmap) {
        set.d->bitmap.reset(roaring_bitmap_portable_deserialize_safe(in.rest().data(), in.rest().size()));
        if (!set.d->bitmap)
            throwDamaged("a stored set of ids is no bitmap");
        return set;
    }
    if (form != Form::Differences)
        throwDamaged("a stored set of ids has an unknown form");
    std::vector<std::uint32_t> ids;
    std::uint64_t before = 0;
    while (!in.isAtEnd()) {
        before += in.varint();
        if (before > std::numeric_limits<std::uint32_t>::max())
            throwDamaged("a stored set of ids runs over");
        ids.push_back(static_cast<std::uint32_t>(before));
    }
    set.add(ids);
    return set;
}

} // namespace telltale
