using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.WebUtilities;
using Realtime.Web.Transport.Opening;

namespace Realtime.Web.Hubs;

/// <summary>How a client says which <see cref="EnvelopeLevel"/> it wants.</summary>
internal static class EnvelopeLevels
{
    private const string Name = "envelope";

    /// <summary>What the query of its connection asks for; plain frames when it says nothing that is a number.</summary>
    public static EnvelopeLevel AskedBy(HubConnectionContext connection) =>
        Read(connection.Features.Get<IOpenedWith>()?.Query ?? connection.GetHttpContext()?.Request.QueryString.Value);

    private static EnvelopeLevel Read(string? query)
    {
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (pair.DecodeName().Span.Equals(Name, StringComparison.OrdinalIgnoreCase))
                return Parse(pair.DecodeValue().Span);
        }
        return EnvelopeLevel.Plain;
    }

    // A level of a later version is answered with the highest that is known here.
    private static EnvelopeLevel Parse(ReadOnlySpan<char> asked) => int.TryParse(asked, CultureInfo.InvariantCulture, out var level)
        ? (EnvelopeLevel)Math.Clamp(level, (int)EnvelopeLevel.Plain, (int)EnvelopeLevel.Identified)
        : EnvelopeLevel.Plain;
}
