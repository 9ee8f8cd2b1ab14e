namespace Realtime.Web.HttpSessions;

/// <summary>
/// Says whether an endpoint changes the HTTP session: requests over sockets to those that do take turns, of one session on one node
/// (contract V-18). Put it on an action or a controller, or on an endpoint by <c>WithMetadata</c>. Without it an endpoint
/// is one that does from the first time that it has; and, unless it is asked with a safe method (GET, HEAD), until it has answered once
/// without.
/// </summary>
/// <param name="changes">
/// False for an endpoint that need not take turns though it changes the session: since requests that do so at the same time keep
/// each other's keys, one that writes what it has not read loses nothing.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class ChangesSessionAttribute(bool changes = true) : Attribute
{
    /// <summary>Whether requests to it take turns.</summary>
    public bool Changes { get; } = changes;
}
