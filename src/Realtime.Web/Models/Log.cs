using Microsoft.Extensions.Logging;

namespace Realtime.Web.Models;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Events wait in the outbox, next attempt in {Pause}.")]
    public static partial void OutboxStuck(ILogger log, Exception failure, TimeSpan pause);

    [LoggerMessage(2, LogLevel.Information, "The outbox is empty again after {Failures} failed attempts.")]
    public static partial void OutboxRecovered(ILogger log, int failures);

    [LoggerMessage(3, LogLevel.Error, "The hook {Hook} failed for {Verb} of {Model} {Record}, which is told all the same.")]
    public static partial void HookFailed(ILogger log, string hook, Verb verb, ModelName model, RecordId record, Exception fault);
}
