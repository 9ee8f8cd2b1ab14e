using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Realtime.Web.HttpSessions;

namespace Realtime.Web.VirtualRequests;

/// <summary>Runs virtual requests through the application, and answers them. Whatever happens is an answer with a status.</summary>
/// <remarks>
/// A request begins in the turn of the message that brought it, so that requests which do not wait for anything have their
/// effects in the order they were sent; one that waits lets the next begin (contract V-7).
/// </remarks>
internal sealed class Dispatcher(
    Pipeline pipeline, IHttpContextFactory contexts, Hearing hearing, Repeats repeats, SessionTurns sessions, IOptions<RealtimeOptions> options,
    ILogger<Dispatcher> logger)
{
    private readonly VirtualRequestSettings _options = options.Value.VirtualRequests;

    /// <summary>Serves a request.</summary>
    /// <param name="client">Whom for.</param>
    /// <param name="argument">The request, as the hub protocol gives it.</param>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<VirtualResponse> AnswerAsync(SocketRequests client, object? argument)
    {
        try
        {
            var request = RequestReader.Read(argument, client.Handshake.Origin, _options);
            if (Repeats.KeyOf(request) is not { } key)
                return Begin(client, request, client.Gone) is { } serving ? await serving : Overloaded();
            // It outlives its connection: whoever sends it again wants to know how it ended.
            var once = repeats.AnswerAsync(client.Socket, key, request, () => Begin(client, request, CancellationToken.None));
            return await once.WaitAsync(client.Gone) ?? Overloaded();
        }
        catch (RealtimeException refused)
        {
            return VirtualResponse.Of(refused, Failures.StatusOf(refused));
        }
    }

    // Null when the socket has as many under way as it may.
    private Task<VirtualResponse>? Begin(SocketRequests client, VirtualRequest request, CancellationToken gone)
    {
        if (!client.TryEnter(_options.PerSocket))
            return null;
        var exchange = new Exchange(request, client, _options, sessions, gone);
        return WithinTimeAsync(exchange, pipeline.Start(() => ServeAsync(exchange)));
    }

    private VirtualResponse Overloaded() => VirtualResponse.Of(
        new(ErrorCodes.Overloaded, $"This socket has {_options.PerSocket} requests under way, which is the limit: wait for an answer."),
        StatusCodes.Status429TooManyRequests);

    // An application that does not stop when told keeps its place of the socket's bound, but not its client waiting.
    private async Task<VirtualResponse> WithinTimeAsync(Exchange exchange, Task<VirtualResponse> serving)
    {
        var lifetime = exchange.Lifetime;
        if (!serving.IsCompleted)
        {
            var ended = Task.Delay(Timeout.InfiniteTimeSpan, lifetime.End);
            await Task.WhenAny(serving, ended);
        }
        exchange.Gone.ThrowIfCancellationRequested();
        if (lifetime.IsOverTime)
        {
            Log.TimedOut(logger, exchange.Request.Method, exchange.Request.Target.Path, _options.AnswerWithin);
            return VirtualResponse.Of(
                new(ErrorCodes.TimedOut, $"The application did not answer within {_options.AnswerWithin.TotalSeconds:0.#} seconds. It may have done what was asked."),
                StatusCodes.Status504GatewayTimeout);
        }
        if (exchange.Response.Refusal is { } refusal)
            return VirtualResponse.Of(refusal, Failures.StatusOf(refusal));
        return await serving;
    }

    private async Task<VirtualResponse> ServeAsync(Exchange exchange)
    {
        var said = SaidMeanwhile.Begin();
        var context = contexts.Create(exchange.Features);
        try
        {
            var thrown = await RunAsync(exchange, context);
            exchange.Client.Handshake.Cookies.Take(exchange.Response.Headers.SetCookie);
            await hearing.WaitAsync(said, exchange);
            return AnswerOf(exchange, context, thrown);
        }
        finally
        {
            await CleanUpAsync(exchange);
            contexts.Dispose(context);
            exchange.Lifetime.Dispose();
            exchange.Client.Leave();
        }
    }

    // The answer is made by then: a fault here is the log's, not the client's.
    private async Task CleanUpAsync(Exchange exchange)
    {
        try
        {
            await exchange.Response.CompleteAsync();
        }
        catch (Exception fault)
        {
            Log.Failed(logger, exchange.Request.Method, exchange.Request.Target.Path, fault);
        }
    }

    private async Task<Exception?> RunAsync(Exchange exchange, HttpContext context)
    {
        try
        {
            if (await exchange.Client.UserAsync() is { } user)
                context.User = user;
            await pipeline.RunAsync(context);
            await exchange.Response.StartAsync();
            return null;
        }
        catch (Exception thrown)
        {
            var isExpected = Failures.IsRefusal(thrown) || exchange.Response.Refusal is not null || exchange.Lifetime.End.IsCancellationRequested;
            if (!isExpected)
                Log.Failed(logger, exchange.Request.Method, exchange.Request.Target.Path, thrown);
            return thrown;
        }
        finally
        {
            exchange.Features.EndTurn();
        }
    }

    private static VirtualResponse AnswerOf(Exchange exchange, HttpContext context, Exception? thrown)
    {
        if ((exchange.Response.Refusal ?? thrown) is { } failure)
            return VirtualResponse.Of(Failures.Explain(failure), Failures.StatusOf(failure));
        var isUnmatched = exchange.Response.StatusCode == StatusCodes.Status404NotFound && context.GetEndpoint() is null;
        return VirtualResponse.Of(exchange.Response, exchange.Request.Method, isUnmatched);
    }
}
