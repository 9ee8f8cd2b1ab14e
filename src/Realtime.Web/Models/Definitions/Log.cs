using Microsoft.Extensions.Logging;

namespace Realtime.Web.Models.Definitions;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "The tables of the models change: {Statement}")]
    public static partial void SchemaChanged(ILogger log, string statement);
}
