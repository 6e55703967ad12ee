// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ingest/secretkeys.h"

#include <QTest>

using namespace telltale;

class TestSecretKeys final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keys_data()
    {
        QTest::addColumn<int>("secrecy");
        const auto rows = [](KeySecrecy secrecy, std::initializer_list<const char *> keys) {
            for (const char *key : keys)
                QTest::newRow(key) << int(secrecy);
        };
        rows(KeySecrecy::Secret, {"password",
                                  "user.password",
                                  "db_password",
                                  "userPassword",
                                  "PASSWORD",
                                  "Passwd",
                                  "pwd",
                                  "login/passphrase",
                                  "client_secret",
                                  "clientSecret",
                                  "clientsecret",
                                  "app.secret.value",
                                  "api_key",
                                  "apiKey",
                                  "APIKey",
                                  "x-api-key",
                                  "http.request.header.X-Api-Key",
                                  "apikey",
                                  "private.key",
                                  "private_key",
                                  "sshKey",
                                  "aws.access.key",
                                  "aws_secret_access_key",
                                  "card.number",
                                  "credit_card",
                                  "creditCardNumber",
                                  "cvv",
                                  "ssn",
                                  "password_reset_password",
                                  "accessKey",
                                  "accesskey"});
        rows(KeySecrecy::SecretText,
             {"token", "access_token", "refreshToken", "idtoken", "auth.token", "Authorization",
              "http.request.header.authorization", "cookie", "set-cookie", "http.response.header.set_cookie",
              "jwt", "enduser.credential", "aws.credentials", "password_reset_token", "csrf-token", "bearer",
              "tokens"});
        rows(KeySecrecy::Harmless, {"",
                                    "key",
                                    "session.id",
                                    "app.token_count",
                                    "tokenCount",
                                    "gen_ai.token.type",
                                    "password.length",
                                    "password_changed",
                                    "auth.method",
                                    "author",
                                    "secretary",
                                    "tokenizer",
                                    "cookie_consent",
                                    "cookieBanner",
                                    "public_key",
                                    "primaryKey",
                                    "key.name",
                                    "keyboard.layout",
                                    "monkey",
                                    "pass",
                                    "compass.heading",
                                    "passenger",
                                    "user.id",
                                    "enduser.id",
                                    "http.route",
                                    "card",
                                    "card.type",
                                    "credit_card.type",
                                    "card.holder.count",
                                    "id",
                                    "authorization.status",
                                    "api",
                                    "api.version",
                                    "access.level",
                                    "ssh",
                                    "private",
                                    "a.b.c",
                                    "🔑",
                                    "...",
                                    "password.reset",
                                    "exception.message",
                                    "app.widget.name"});
    }

    void keys()
    {
        QFETCH(int, secrecy);
        const std::string_view key = QTest::currentDataTag();
        QCOMPARE(int(secrecyOfKey(key)), secrecy);
    }

    void longKeysAreJudgedByTheirEnd()
    {
        std::string key;
        for (int i = 0; i < 500; ++i)
            key += "part" + std::to_string(i) + ".";
        QCOMPARE(secrecyOfKey(key + "id"), KeySecrecy::Harmless);
        QCOMPARE(secrecyOfKey(key + "password"), KeySecrecy::Secret);
        QCOMPARE(secrecyOfKey(std::string(100000, 'p')), KeySecrecy::Harmless);
    }
};

QTEST_APPLESS_MAIN(TestSecretKeys)
#include "tst_secretkeys.moc"
