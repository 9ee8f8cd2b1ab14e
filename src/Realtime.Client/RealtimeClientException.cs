using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;

namespace Realtime.Client;

/// <summary>What was asked for was refused, or got no answer.</summary>
public sealed partial class RealtimeClientException : Exception
{
    /// <summary>Makes one.</summary>
    public RealtimeClientException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>A word for programs: one of <see cref="ClientErrorCodes"/>, or a code of the server's (<c>invalid_room</c>, <c>forbidden</c> …).</summary>
    public string Code { get; }

    /// <summary>Reads code and sentence out of what SignalR makes of a refusal.</summary>
    internal static RealtimeClientException From(HubException error)
    {
        var found = Refusal().Match(error.Message);
        return found.Success
            ? new(found.Groups["code"] is { Length: > 0 } code ? code.Value : ClientErrorCodes.Refused, found.Groups["words"].Value, error)
            : new(ClientErrorCodes.Refused, error.Message, error);
    }

    internal static RealtimeClientException Disconnected(Exception? cause = null) =>
        new(ClientErrorCodes.Disconnected, "The connection ended before the answer came.", cause);

    [GeneratedRegex(@"HubException: (?:(?<code>[a-z][a-z_]*): )?(?<words>.*)$", RegexOptions.Singleline)]
    private static partial Regex Refusal();
}

/// <summary>Codes of failures that arise at the client; the server's own codes come beside them.</summary>
public static class ClientErrorCodes
{
    /// <summary>The connection was lost, or closed, before the answer came. The server may have done what was asked.</summary>
    public const string Disconnected = "disconnected";

    /// <summary>No answer within the given time. The server may still do what was asked.</summary>
    public const string Timeout = "timeout";

    /// <summary>Too much waits to be sent. Nothing was sent.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>The reader of a stream was too far behind. What it got until then is in order and complete.</summary>
    public const string Overflow = "overflow";

    /// <summary>The server refused, and its answer named no code.</summary>
    public const string Refused = "refused";
}
