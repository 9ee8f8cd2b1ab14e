using Microsoft.Extensions.Logging;

namespace Realtime.Web.Models;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Events wait in the outbox, next attempt in {Pause}.")]
    public static partial void OutboxStuck(ILogger log, Exception failure, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Information, "The outbox is empty again after {Failures} failed attempts.")]
    public static partial void OutboxRecovered(ILogger log, int failures);
}
