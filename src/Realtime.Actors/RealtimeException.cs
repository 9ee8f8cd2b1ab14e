namespace Realtime.Actors;

/// <summary>
/// A request that was refused, with a code for machines and a sentence for people. The edge turns it into an
/// RFC 9457 problem document over HTTP and into a <c>HubException</c> over the hub.
/// </summary>
/// <param name="code">One of <see cref="ErrorCodes"/>, or a code of the application's own.</param>
/// <param name="message">What is wrong and what to do about it. It is shown to the caller.</param>
/// <param name="inner">The fault behind it, for the log only.</param>
public sealed class RealtimeException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The machine-readable code.</summary>
    public string Code { get; } = code;
}
