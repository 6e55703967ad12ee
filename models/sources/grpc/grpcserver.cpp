// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/sources/grpc/grpcserver.h"

#include "models/sources/grpc/grpccore.h"
#include "models/sources/http/listening.h"

#include <thread>

namespace telltale {

class GrpcServer::Private
{
public:
    Private(GrpcOptions serverOptions, RequestHandler &requestHandler)
        : options(std::move(serverOptions))
        , handler(requestHandler)
    {}

    const GrpcOptions options;
    RequestHandler &handler;
    std::shared_ptr<GrpcCore> core;
    std::thread thread;
    std::uint16_t port = 0;
};

GrpcServer::GrpcServer(GrpcOptions options, RequestHandler &handler)
    : d(std::make_unique<Private>(std::move(options), handler))
{}

GrpcServer::~GrpcServer()
{
    stop();
}

Result<std::uint16_t> GrpcServer::start()
{
    if (d->core)
        return failure(Error::Code::InvalidArgument, "The gRPC server is running already.");
    d->core = std::make_shared<GrpcCore>(d->options, d->handler);
    const auto listening =
        listenOn(d->core->loop, d->options.host, d->options.port, !d->options.token.empty(),
                 [this](boost::asio::ip::tcp::acceptor acceptor) { d->core->listen(std::move(acceptor)); });
    if (!listening) {
        d->core.reset();
        return listening;
    }
    d->port = *listening;
    d->core->access.setPort(d->port);
    d->core->port = d->port;
    d->core->access.setAddressesAccepted(!isLoopbackName(d->options.host));
    d->core->begin();
    d->thread = std::thread([core = d->core] { core->loop.run(); });
    return d->port;
}

void GrpcServer::stop()
{
    if (!d->core)
        return;
    d->core->beginStop();
    d->thread.join();
    d->core->decoder.join();
    d->core.reset();
    d->port = 0;
}

std::uint16_t GrpcServer::port() const
{
    return d->port;
}

} // namespace telltale
