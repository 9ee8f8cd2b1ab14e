using System.Text;

namespace Realtime.Web.Tests.Transport.Comparison;

/// <summary>What a scripted client sends last, for each ending; most of it wrong.</summary>
internal static class LastWords
{
    public static IEnumerable<byte[]> Of(Ending ending, Random random)
    {
        var text = Encoding.UTF8.GetBytes(RawClient.Invocation("last", "Echo", "never"));
        switch (ending)
        {
            case Ending.CloseWithCode:
                yield return RawFrame.OfClose(1000 + random.Next(4), "that is äll").ToBytes();
                break;
            case Ending.CloseWithoutCode:
                yield return new RawFrame(RawFrame.Close, []).ToBytes();
                break;
            case Ending.CloseWithPrivateCode:
                yield return RawFrame.OfClose(random.Next(3000, 5000)).ToBytes();
                break;
            case Ending.CloseWithHalfACode:
                yield return new RawFrame(RawFrame.Close, [3]).ToBytes();
                break;
            case Ending.CloseWithForbiddenCode:
                int[] forbidden = [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535];
                yield return RawFrame.OfClose(forbidden[random.Next(forbidden.Length)]).ToBytes();
                break;
            case Ending.CloseWithReasonThatIsNoText:
                yield return new RawFrame(RawFrame.Close, [3, 0xE8, 0xC3, 0x28]).ToBytes();
                break;
            case Ending.CloseWithinAMessage:
                yield return new RawFrame(RawFrame.Text, text[..10]) { IsFinal = false }.ToBytes();
                yield return RawFrame.OfClose(1001).ToBytes();
                break;
            case Ending.ReservedBit:
                yield return new RawFrame(RawFrame.Text, text) { ReservedBits = random.Next(1, 8) }.ToBytes();
                break;
            case Ending.UnknownDataOpcode:
                yield return new RawFrame(random.Next(3, 8), text).ToBytes();
                break;
            case Ending.UnknownControlOpcode:
                yield return new RawFrame(random.Next(11, 16), []).ToBytes();
                break;
            case Ending.NoMask:
                yield return new RawFrame(RawFrame.Text, text) { Mask = null }.ToBytes();
                break;
            case Ending.FragmentedControlFrame:
                yield return new RawFrame(random.Next(8, 11), []) { IsFinal = false }.ToBytes();
                break;
            case Ending.OverlongControlFrame:
                yield return new RawFrame(random.Next(8, 11), new byte[126]).ToBytes();
                break;
            case Ending.ContinuationOfNothing:
                yield return new RawFrame(RawFrame.Continuation, text).ToBytes();
                break;
            case Ending.MessageWithinAMessage:
                yield return new RawFrame(RawFrame.Text, text[..10]) { IsFinal = false }.ToBytes();
                yield return new RawFrame(RawFrame.Binary, text[10..]).ToBytes();
                break;
            case Ending.NegativeLength:
                yield return new RawFrame(RawFrame.Binary, []) { StatedLength = long.MinValue + random.Next() }.ToBytes();
                break;
            case Ending.TextThatIsNoText:
                byte[][] bad = [[0x80], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x28, 0xA1]];
                yield return new RawFrame(RawFrame.Text, [.. "abc"u8, .. bad[random.Next(bad.Length)]]).ToBytes();
                break;
            case Ending.TextThatIsNoTextAcrossFragments:
                yield return new RawFrame(RawFrame.Text, [0x20, 0xE2, 0x82]) { IsFinal = false }.ToBytes();
                yield return new RawFrame(RawFrame.Continuation, [0x28, 0x20]).ToBytes();
                break;
            case Ending.TextThatEndsWithinACharacter:
                yield return new RawFrame(RawFrame.Text, [0x20, 0xF0, 0x9F, 0x98]).ToBytes();
                break;
            case Ending.TextThatIsNoTextAfterACall:
                yield return new RawFrame(RawFrame.Text, [.. text, 0xFF]).ToBytes();
                break;
            case Ending.HubMessageTooLarge:
                yield return RawFrame.OfText(new string(' ', (32 * 1024) + 100)).ToBytes();
                break;
            case Ending.HubMessageThatIsNoJson:
                yield return RawFrame.OfText("}{\u001e").ToBytes();
                break;
            case Ending.HubAborts:
                yield return RawFrame.OfText("{\"type\":1,\"target\":\"AbortMe\",\"arguments\":[]}\u001e").ToBytes();
                break;
            case Ending.HalfCloseWithinAFrame:
            case Ending.ResetWithinAFrame:
                yield return new RawFrame(RawFrame.Text, text).ToBytes()[..^1];
                break;
            case Ending.HalfCloseWithinAHeader:
                yield return new RawFrame(RawFrame.Text, text).ToBytes()[..random.Next(1, 6)];
                break;
        }
    }
}
