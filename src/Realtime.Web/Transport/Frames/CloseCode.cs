namespace Realtime.Web.Transport.Frames;

/// <summary>Why a connection ends (RFC 6455, section 7.4).</summary>
internal static class CloseCode
{
    public const ushort Normal = 1000;
    public const ushort GoingAway = 1001;
    public const ushort ProtocolError = 1002;
    public const ushort InvalidText = 1007;
    public const ushort ServerError = 1011;

    /// <summary>
    /// Whether a client may put this code into a close frame: the codes of the registry that may travel, and the
    /// two private ranges. 1005, 1006 and 1015 only exist inside an endpoint.
    /// </summary>
    public static bool MayTravel(ushort code) => code switch
    {
        >= 1000 and <= 1003 => true,
        >= 1007 and <= 1014 => true,
        >= 3000 and <= 4999 => true,
        _ => false,
    };
}
