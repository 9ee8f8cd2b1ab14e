using Realtime.Web.Auth;
using Realtime.Web.Models.Definitions.Access;

namespace Realtime.Web.Models.Definitions.Reading;

/// <summary>Reads who may do what.</summary>
internal static class AccessReader
{
    /// <summary>The fields of <c>policies</c>.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["read", "write", "subscribe", "owner"];

    /// <summary>Who may do something, by the names that definitions use.</summary>
    public static IReadOnlyDictionary<string, ClientAccess> Who { get; } = new Dictionary<string, ClientAccess>(StringComparer.Ordinal)
    {
        ["anyone"] = ClientAccess.Clients,
        ["authenticated"] = ClientAccess.Authenticated,
        ["servers"] = ClientAccess.Servers,
    };

    public static ModelAccess? Read(Fields? fields)
    {
        fields?.AllowOnly(Names);
        return fields is null
            ? null
            : new ModelAccess(fields.Choice("read", Who), fields.Choice("write", Who), fields.Choice("subscribe", Who), fields.Text("owner"));
    }
}
