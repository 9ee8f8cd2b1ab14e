namespace Realtime.Web.Transport;

/// <summary>A feature that a connection's middleware may set, to learn that the client sent a close frame, before the hub ends.</summary>
public interface IClosedByClient
{
    /// <summary>The client's close frame came.</summary>
    /// <param name="code">Its code (RFC 6455, section 7.4); null when it had none.</param>
    void Note(ushort? code);
}
