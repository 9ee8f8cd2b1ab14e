using System.Security.Cryptography;
using System.Text;

namespace Realtime.Web.Rooms;

/// <summary>Ids by which sockets know a message that may reach them more than once.</summary>
internal static class MessageIds
{
    /// <summary>
    /// The same for each attempt with the same key: a room or socket that the first attempt reached knows the next one again. Without a
    /// key, one of its own.
    /// </summary>
    public static Guid Of(string? key) =>
        key is null ? Guid.NewGuid() : new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
}
