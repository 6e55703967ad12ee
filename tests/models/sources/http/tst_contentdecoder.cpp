// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/http/contentdecoder.h"

#include "tests/support/compress.h"

#include <QTest>

#include <random>

using namespace telltale;
using namespace telltale::test;

namespace {

constexpr std::size_t kLimit = 4 * 1024 * 1024;

std::string sample(std::size_t size)
{
    std::mt19937 random(7);
    std::string text;
    while (text.size() < size)
        text += "{\"name\":\"workout." + std::to_string(random() % 1000) + "\"},";
    text.resize(size);
    return text;
}

} // namespace

class TestContentDecoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesOfCodings()
    {
        QCOMPARE(parseContentEncoding("")->size(), std::size_t(0));
        QCOMPARE(parseContentEncoding("identity")->size(), std::size_t(0));
        QCOMPARE(parseContentEncoding("GZip").value(), std::vector{ContentCoding::Gzip});
        QCOMPARE(parseContentEncoding("x-gzip").value(), std::vector{ContentCoding::Gzip});
        const std::vector chain{ContentCoding::Deflate, ContentCoding::Zstd};
        QCOMPARE(parseContentEncoding(" deflate ,identity,\tzstd").value(), chain);
        QCOMPARE(parseContentEncoding("br").value(), std::vector{ContentCoding::Brotli});
        QCOMPARE(parseContentEncoding("compress").error().code, Error::Code::Unsupported);
        QCOMPARE(parseContentEncoding("gzip, lzma").error().code, Error::Code::Unsupported);
        QCOMPARE(parseContentEncoding("gzip,gzip,gzip,gzip,gzip").error().code, Error::Code::Unsupported);
    }

    void roundTrips_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("empty") << 0;
        QTest::newRow("one") << 1;
        QTest::newRow("small") << 300;
        QTest::newRow("scratch size") << 64 * 1024;
        QTest::newRow("one more") << 64 * 1024 + 1;
        QTest::newRow("large") << 3 * 1024 * 1024;
        QTest::newRow("exactly the limit") << int(kLimit);
    }

    void roundTrips()
    {
        QFETCH(int, size);
        const std::string text = sample(std::size_t(size));
        const auto check = [&](const std::string &packed, std::vector<ContentCoding> codings) {
            const auto result = decodeContent(packed, codings, kLimit);
            return result && *result == text;
        };
        QVERIFY(check(gzipped(text), {ContentCoding::Gzip}));
        QVERIFY(check(zlibbed(text), {ContentCoding::Deflate}));
        QVERIFY(check(rawDeflated(text), {ContentCoding::Deflate}));
        QVERIFY(check(zstandard(text), {ContentCoding::Zstd}));
        QVERIFY(check(zstandard(text, 19), {ContentCoding::Zstd}));
        QVERIFY(check(brotlied(text), {ContentCoding::Brotli}));
        QVERIFY(check(text, {}));
        // The coding named last was applied last.
        QVERIFY(check(zstandard(gzipped(text)), {ContentCoding::Gzip, ContentCoding::Zstd}));
    }

    void membersAndFramesFollowEachOther()
    {
        const std::string a = sample(1000);
        const std::string b = sample(70000);
        QCOMPARE(decodeContent(gzipped(a) + gzipped(b), {ContentCoding::Gzip}, kLimit).value(), a + b);
        QCOMPARE(decodeContent(zstandard(a) + zstandard(b), {ContentCoding::Zstd}, kLimit).value(), a + b);
    }

    void damageIsSaid_data()
    {
        QTest::addColumn<QByteArray>("packed");
        QTest::addColumn<int>("coding");
        const std::string text = sample(5000);
        const auto add = [](const char *name, std::string packed, ContentCoding coding) {
            QTest::newRow(name) << QByteArray::fromStdString(packed) << int(coding);
        };
        const auto flipped = [](std::string packed, std::size_t at) {
            packed[at] = static_cast<char>(packed[at] ^ 0x55);
            return packed;
        };
        const std::string gz = gzipped(text);
        const std::string zs = zstandard(text);
        const std::string zl = zlibbed(text);
        const std::string br = brotlied(text);
        add("gzip, empty", {}, ContentCoding::Gzip);
        add("gzip, cut", gz.substr(0, gz.size() / 2), ContentCoding::Gzip);
        add("gzip, checksum", flipped(gz, gz.size() - 6), ContentCoding::Gzip);
        add("gzip, length", flipped(gz, gz.size() - 2), ContentCoding::Gzip);
        add("gzip, no trailer", gz.substr(0, gz.size() - 8), ContentCoding::Gzip);
        add("gzip, magic", flipped(gz, 0), ContentCoding::Gzip);
        add("gzip, something behind", gz + "x", ContentCoding::Gzip);
        add("gzip, only text", text, ContentCoding::Gzip);
        add("zlib, cut", zl.substr(0, zl.size() - 5), ContentCoding::Deflate);
        add("zlib, checksum", flipped(zl, zl.size() - 1), ContentCoding::Deflate);
        add("deflate, text", text, ContentCoding::Deflate);
        add("zstd, empty", {}, ContentCoding::Zstd);
        add("zstd, cut", zs.substr(0, zs.size() - 3), ContentCoding::Zstd);
        add("zstd, middle", flipped(zs, zs.size() / 2), ContentCoding::Zstd);
        add("zstd, something behind", zs + "x", ContentCoding::Zstd);
        add("zstd, text", text, ContentCoding::Zstd);
        add("br, empty", {}, ContentCoding::Brotli);
        add("br, cut", br.substr(0, br.size() - 3), ContentCoding::Brotli);
        add("br, something behind", br + "x", ContentCoding::Brotli);
        add("br, text", text, ContentCoding::Brotli);
    }

    void damageIsSaid()
    {
        QFETCH(QByteArray, packed);
        QFETCH(int, coding);
        const auto result = decodeContent(packed.toStdString(), {static_cast<ContentCoding>(coding)}, kLimit);
        // A flipped bit in the middle of zstd without checksum may still decode; then it must be other text.
        if (result)
            QVERIFY(*result != sample(5000));
        else
            QCOMPARE(result.error().code, Error::Code::InvalidArgument);
    }

    void bombsStopAtTheLimit()
    {
        const auto code = [](const std::string &packed, ContentCoding coding) {
            return decodeContent(packed, {coding}, kLimit).error().code;
        };
        QCOMPARE(code(gzipBomb(5), ContentCoding::Gzip), Error::Code::TooLarge);
        QCOMPARE(code(gzipBomb(24), ContentCoding::Gzip), Error::Code::TooLarge);
        QCOMPARE(code(zstdBomb(24), ContentCoding::Zstd), Error::Code::TooLarge);
        QCOMPARE(code(brotliBomb(24), ContentCoding::Brotli), Error::Code::TooLarge);
        QCOMPARE(code(rawDeflated(std::string(kLimit + 1, 'a')), ContentCoding::Deflate),
                 Error::Code::TooLarge);
        // A bomb in a parcel: each stage has the limit.
        const auto twice =
            decodeContent(gzipped(gzipBomb(24)), {ContentCoding::Gzip, ContentCoding::Gzip}, kLimit);
        QCOMPARE(twice.error().code, Error::Code::TooLarge);
        // A trailer that lies about a small size must not help.
        std::string liar = gzipBomb(24);
        liar.replace(liar.size() - 4, 4, std::string("\x10\0\0\0", 4));
        QCOMPARE(code(liar, ContentCoding::Gzip), Error::Code::TooLarge);
    }
};

QTEST_APPLESS_MAIN(TestContentDecoder)
#include "tst_contentdecoder.moc"
