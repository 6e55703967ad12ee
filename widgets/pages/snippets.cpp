// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/snippets.h"

#include <QCoreApplication>

namespace telltale {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(telltale::Snippets)
};

constexpr auto kEnvironment = R"(# Every OpenTelemetry SDK and agent reads these
export OTEL_SERVICE_NAME="my-app"
export OTEL_RESOURCE_ATTRIBUTES="service.version=1.0.0,deployment.environment.name=development"
export OTEL_EXPORTER_OTLP_ENDPOINT="http://localhost:%PORT%"
export OTEL_EXPORTER_OTLP_PROTOCOL="http/protobuf"
export OTEL_LOGS_EXPORTER="otlp"
export OTEL_TRACES_EXPORTER="otlp"
export OTEL_METRICS_EXPORTER="otlp")";

constexpr auto kTypeScript =
    R"(// npm install @opentelemetry/api-logs @opentelemetry/sdk-logs @opentelemetry/resources \
//             @opentelemetry/exporter-logs-otlp-http
import { SeverityNumber } from '@opentelemetry/api-logs';
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';

const exporter = new OTLPLogExporter({ url: 'http://localhost:%PORT%/v1/logs' });
const provider = new LoggerProvider({
  resource: resourceFromAttributes({ 'service.name': 'my-app', 'service.version': '1.0.0' }),
  processors: [new BatchLogRecordProcessor({ exporter })],
});
const usage = provider.getLogger('usage');

usage.emit({
  eventName: 'export.pdf',
  severityNumber: SeverityNumber.INFO,
  attributes: { 'session.id': sessionId, 'user.id': installationId, 'app.screen.name': 'Editor' },
});)";

constexpr auto kPython = R"(# pip install opentelemetry-sdk opentelemetry-exporter-otlp-proto-http
from opentelemetry._logs import SeverityNumber
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource

provider = LoggerProvider(resource=Resource.create({"service.name": "my-app", "service.version": "1.0.0"}))
provider.add_log_record_processor(
    BatchLogRecordProcessor(OTLPLogExporter(endpoint="http://localhost:%PORT%/v1/logs")))
usage = provider.get_logger("usage")

usage.emit(event_name="export.pdf", severity_number=SeverityNumber.INFO,
           attributes={"session.id": session_id, "user.id": installation_id, "app.screen.name": "Editor"}))";

constexpr auto kKotlin = R"(// build.gradle.kts
implementation("io.opentelemetry:opentelemetry-sdk:1.50.0")            // or newer
implementation("io.opentelemetry:opentelemetry-exporter-otlp:1.50.0")

// App.kt
val exporter = OtlpHttpLogRecordExporter.builder().setEndpoint("http://localhost:%PORT%/v1/logs").build()
val provider = SdkLoggerProvider.builder()
    .setResource(Resource.getDefault().toBuilder().put("service.name", "my-app").put("service.version", "1.0.0").build())
    .addLogRecordProcessor(BatchLogRecordProcessor.builder(exporter).build())
    .build()
val usage = provider.get("usage")

usage.logRecordBuilder()
    .setEventName("export.pdf")
    .setSeverity(Severity.INFO)
    .setAttribute(AttributeKey.stringKey("session.id"), sessionId)
    .setAttribute(AttributeKey.stringKey("user.id"), installationId)
    .setAttribute(AttributeKey.stringKey("app.screen.name"), "Editor")
    .emit())";

constexpr auto kCpp = R"(// find_package(opentelemetry-cpp CONFIG REQUIRED COMPONENTS exporters_otlp_http)
#include <opentelemetry/exporters/otlp/otlp_http_log_record_exporter_factory.h>
#include <opentelemetry/exporters/otlp/otlp_http_log_record_exporter_options.h>
#include <opentelemetry/sdk/logs/batch_log_record_processor_factory.h>
#include <opentelemetry/sdk/logs/batch_log_record_processor_options.h>
#include <opentelemetry/sdk/logs/logger_provider_factory.h>
#include <opentelemetry/sdk/resource/resource.h>
namespace otel = opentelemetry;

otel::exporter::otlp::OtlpHttpLogRecordExporterOptions options;
options.url = "http://localhost:%PORT%/v1/logs";
auto exporter = otel::exporter::otlp::OtlpHttpLogRecordExporterFactory::Create(options);
auto processor = otel::sdk::logs::BatchLogRecordProcessorFactory::Create(std::move(exporter), {});
auto resource = otel::sdk::resource::Resource::Create({{"service.name", "my-app"}, {"service.version", "1.0.0"}});
std::shared_ptr<otel::logs::LoggerProvider> provider =
    otel::sdk::logs::LoggerProviderFactory::Create(std::move(processor), resource);
auto usage = provider->GetLogger("usage");

auto event = usage->CreateLogRecord();
event->SetSeverity(otel::logs::Severity::kInfo);
event->SetAttribute("event.name", "export.pdf");
event->SetAttribute("session.id", session_id);
event->SetAttribute("user.id", installation_id);
event->SetAttribute("app.screen.name", "Editor");
usage->EmitLogRecord(std::move(event));)";

constexpr auto kSwift =
    R"(// Package.swift: opentelemetry-swift with OpenTelemetrySdk and OpenTelemetryProtocolExporterHTTP
import OpenTelemetryApi
import OpenTelemetryProtocolExporterHttp
import OpenTelemetrySdk

let exporter = OtlpHttpLogExporter(endpoint: URL(string: "http://localhost:%PORT%/v1/logs")!)
let provider = LoggerProviderBuilder()
    .with(resource: Resource(attributes: ["service.name": .string("my-app"), "service.version": .string("1.0.0")]))
    .with(processors: [BatchLogRecordProcessor(logRecordExporter: exporter)])
    .build()
let usage = provider.get(instrumentationScopeName: "usage")

usage.logRecordBuilder()
    .setSeverity(.info)
    .setAttributes(["event.name": .string("export.pdf"),
                    "session.id": .string(sessionId),
                    "user.id": .string(installationId),
                    "app.screen.name": .string("Editor")])
    .emit())";

constexpr auto kSentry = R"(// The SDK stays as it is; the DSN names this computer. Any key will do, the number is the project
import * as Sentry from '@sentry/node';

Sentry.init({
  dsn: 'http://anykey@localhost:%PORT%/1',
  release: 'my-app@1.0.0', // product and release
  environment: 'development',
  tracesSampleRate: 1.0,
});

// Python
// sentry_sdk.init(dsn='http://anykey@localhost:%PORT%/1', release='my-app@1.0.0'))";

constexpr auto kPostHog = R"(import { PostHog } from 'posthog-node';

const client = new PostHog('any-key', { host: 'http://localhost:%PORT%' });

client.capture({
  distinctId: installationId,
  event: 'export.pdf',
  properties: { $session_id: sessionId, $screen_name: 'Editor', $app_name: 'my-app', $app_version: '1.0.0' },
});)";

constexpr auto kSegment = R"(import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({ writeKey: 'any-key', host: 'http://localhost:%PORT%' });

analytics.track({
  userId: installationId,
  event: 'export.pdf',
  context: { app: { name: 'my-app', version: '1.0.0' }, sessionId },
});

// RudderStack: dataPlaneUrl 'http://localhost:%PORT%')";

constexpr auto kKUserFeedback = R"(#include <KUserFeedback/Provider>

auto *feedback = new KUserFeedback::Provider(this);
feedback->setProductIdentifier("com.example.my-app");
feedback->setFeedbackServer(QUrl("http://localhost:%PORT%/"));
feedback->setSubmissionInterval(1); // days)";

constexpr auto kMore = R"(# Aptabase: host
http://localhost:%PORT%

# Countly: url
http://localhost:%PORT%

# Amplitude: serverUrl
http://localhost:%PORT%/2/httpapi

# Mixpanel: host, protocol http
localhost:%PORT%

# Prometheus Pushgateway
http://localhost:%PORT%/metrics/job/my-app)";

QString withPort(const char *code, int port)
{
    return QString::fromUtf8(code).replace(QStringLiteral("%PORT%"), QString::number(port));
}

} // namespace

std::vector<Snippet> openTelemetrySnippets(int port)
{
    const QString slashes = QStringLiteral("//");
    const QString hash = QStringLiteral("#");
    return {
        {Words::tr("Env vars"), withPort(kEnvironment, port), hash,
         Words::tr("For apps that use an SDK or an agent already: set these and start the app.")},
        {QStringLiteral("TypeScript"), withPort(kTypeScript, port), slashes,
         Words::tr("Web pages too: allow their origin once, at the right, when they first knock.")},
        {QStringLiteral("Python"), withPort(kPython, port), hash, {}},
        {QStringLiteral("Kotlin"), withPort(kKotlin, port), slashes,
         Words::tr("From the Android emulator this computer is 10.0.2.2; from a device use: adb reverse tcp:%1 "
            "tcp:%1")
             .arg(port)},
        {QStringLiteral("C++"), withPort(kCpp, port), slashes, {}},
        {QStringLiteral("Swift"), withPort(kSwift, port), slashes, {}},
    };
}

std::vector<Snippet> otherSdkSnippets(int port)
{
    const QString slashes = QStringLiteral("//");
    return {
        {QStringLiteral("Sentry"), withPort(kSentry, port), slashes,
         Words::tr("Errors, transactions, logs, sessions. Attachments are kept by name and size.")},
        {QStringLiteral("PostHog"), withPort(kPostHog, port), slashes, {}},
        {QStringLiteral("Segment"), withPort(kSegment, port), slashes, {}},
        {QStringLiteral("KUserFeedback"), withPort(kKUserFeedback, port), slashes, {}},
        {Words::tr("More"), withPort(kMore, port), QStringLiteral("#"), {}},
    };
}

} // namespace telltale
