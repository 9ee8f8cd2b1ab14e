using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Realtime.Client;

/// <summary>The settings of a <see cref="RealtimeClient"/>. They are read when a connection is made.</summary>
public sealed class RealtimeClientOptions
{
    /// <summary>Where the service is, as <c>https://host</c>.</summary>
    public required Uri Service { get; init; }

    /// <summary>The path of the hub below <see cref="Service"/>. Default <c>/realtime</c>.</summary>
    public string Path { get; init; } = "/realtime";

    /// <summary>What may be used. Default WebSockets alone, which need no sticky sessions.</summary>
    public HttpTransportType Transports { get; init; } = HttpTransportType.WebSockets;

    /// <summary>
    /// Gives the bearer token of the connection; null for none. It is called before every attempt to connect, so a token that
    /// ran out is replaced.
    /// </summary>
    public Func<TokenRequest, CancellationToken, Task<string?>>? AccessToken { get; init; }

    /// <summary>Anything else of the connection: headers, proxies, certificates.</summary>
    public Action<HttpConnectionOptions>? ConfigureConnection { get; init; }

    /// <summary>Headers of every request; those of the request itself win.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How payloads are written and read. Default: camel case, as on the web.</summary>
    public JsonSerializerOptions Json { get; init; } = JsonSerializerOptions.Web;

    /// <summary>How long to wait between attempts to connect.</summary>
    public BackoffOptions Backoff { get; init; } = new();

    /// <summary>After how many failed attempts in a row to give up; 0 gives up at the first loss. Default: never.</summary>
    public int MaxAttempts { get; init; } = int.MaxValue;

    /// <summary>How long one attempt to connect may take. Default 20 seconds.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a request may take, waiting included. Default: any time (contract C-23).</summary>
    public TimeSpan RequestTimeout { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>How many requests may wait to be sent (contract X-21). Default 10,000; any more fail with <c>queue_full</c>.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>
    /// How many events a stream keeps for a reader that is behind. Default 1,024. One that falls further behind gets those, and
    /// then a <see cref="RealtimeClientException"/> with the code <c>overflow</c>: what is lost is never hidden.
    /// </summary>
    public int StreamCapacity { get; init; } = 1024;

    /// <summary>After how much silence the server counts as lost. Default 30 seconds.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often to tell the server that we are here. Default 15 seconds.</summary>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Where the connection logs to. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>The clock, for tests.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal void Check()
    {
        if (!Service.IsAbsoluteUri || Service.Scheme is not ("http" or "https"))
            throw new ArgumentException($"{nameof(Service)} must be an address such as https://host, but is {Service}.");
        ArgumentOutOfRangeException.ThrowIfNegative(MaxAttempts);
        ArgumentOutOfRangeException.ThrowIfNegative(QueueLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(StreamCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero);
        Backoff.Check();
    }
}
