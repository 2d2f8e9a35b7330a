using ComIm.Com.Automation;
using ComIm.Com.Interop;

namespace ComIm.Com.Tests.Automation;

/// <summary>What ComIm.Application does without a server.</summary>
public sealed class ApplicationTests
{
    private readonly Application _application = new();

    [Fact]
    public void It_begins_signed_out()
    {
        Assert.Equal(("SignedOut", "", ComServer.ProductVersion), (_application.State, _application.Address, _application.Version));
        _application.SignOut();
    }

    [Fact]
    public void Sending_and_waiting_need_a_sign_in()
    {
        Assert.Equal(NotSignedIn, Assert.Throws<HResultException>(() => _application.SendMessage("sip:bob@example.com", "x")).HResult);
        Assert.Equal(NotSignedIn, Assert.Throws<HResultException>(() => _application.WaitForMessage(0)).HResult);
    }

    [Fact]
    public void A_strange_transport_is_refused()
    {
        var error = Assert.Throws<HResultException>(
            () => _application.SignIn("sip:alice@example.com", "secret", "", "pigeon"));
        Assert.Equal(HResults.InvalidArgument, error.HResult);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    private const int NotSignedIn = unchecked((int)0x80EE006D);
}
