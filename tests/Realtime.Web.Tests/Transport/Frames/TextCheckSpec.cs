using System.Text;
using Realtime.Web.Transport.Frames;

namespace Realtime.Web.Tests.Transport.Frames;

public class TextCheckSpec
{
    public static TheoryData<string> Wrong() =>
        ["80", "C0AF", "C180", "C328", "E28228", "E08080", "EDA080", "EDBFBF", "F0288CBC", "F0808080", "F4908080", "F5808080", "FE", "FF"];

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_no_text_is_refused_however_it_is_cut(string hex)
    {
        byte[] bytes = [.. "aä€"u8, .. Convert.FromHexString(hex), .. "z"u8];
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var check = new TextCheck();
                Assert.False(check.Accept(bytes.AsSpan(..first)) && check.Accept(bytes.AsSpan(first..second)) && check.Accept(bytes.AsSpan(second..)));
            }
        }
    }

    [Fact]
    public void Text_is_accepted_however_it_is_cut()
    {
        var bytes = Encoding.UTF8.GetBytes("aä€😀\u0000\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff");
        for (var first = 0; first <= bytes.Length; first++)
        {
            for (var second = first; second <= bytes.Length; second++)
            {
                var check = new TextCheck();
                Assert.True(check.Accept(bytes.AsSpan(..first)) && check.Accept(bytes.AsSpan(first..second)) && check.Accept(bytes.AsSpan(second..)));
                Assert.True(check.IsComplete);
            }
        }
    }

    [Fact]
    public void A_character_that_has_only_begun_is_incomplete()
    {
        var bytes = Encoding.UTF8.GetBytes("x😀");
        for (var length = 2; length < bytes.Length; length++)
        {
            var check = new TextCheck();
            Assert.True(check.Accept(bytes.AsSpan(..length)));
            Assert.False(check.IsComplete);
        }
    }

    [Fact]
    public void A_wrong_byte_is_noticed_with_its_piece_and_not_later()
    {
        var check = new TextCheck();
        Assert.True(check.Accept([0xE2]));
        Assert.False(check.Accept([0x28]));
    }
}
