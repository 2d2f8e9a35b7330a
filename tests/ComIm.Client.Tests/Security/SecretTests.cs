using ComIm.Client.Accounts;
using ComIm.Sip;
using ComIm.Sip.Authentication;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Security;

/// <summary>Passwords stay where they are; what may have arrived is said to.</summary>
public sealed class SecretTests
{
    [Fact]
    public async Task Password_IsInNoTextOfAnything()
    {
        var settings = new ImAccountSettings { Address = "sip:alice@example.com", Password = "hunter2", Credentials = [new ImCredential("proxy", "hunter2", "realm")] };
        Assert.DoesNotContain("hunter2", settings.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", settings.Credentials[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", new SipCredential("alice", "hunter2").ToString(), StringComparison.Ordinal);

        await using var server = await TestServer.StartAsync();
        var trace = new System.Collections.Concurrent.ConcurrentQueue<ImTraceEntry>();
        await using var client = new ImClient(new ImClientOptions { Trace = trace.Enqueue });
        var error = await Assert.ThrowsAsync<ImException>(() => client.SignInAsync(server.SettingsOf("alice") with { Password = "hunter2" }));
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(trace);
        Assert.All(trace, e => Assert.DoesNotContain("response=\"", e.Text.Replace("response=\"…\"", "", StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.All(trace, e => Assert.DoesNotContain("hunter2", e.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SipTransportFault.ConnectionLost, true)]
    [InlineData(SipTransportFault.Stalled, true)]
    [InlineData(SipTransportFault.Unreachable, false)]
    [InlineData(SipTransportFault.FlowClosed, false)]
    public void Message_ThatWasUnderWayWhenTheConnectionBroke_MayHaveArrived(SipTransportFault fault, bool may)
    {
        var outcome = new SipOutcome(new SipResponse(503), new SipTransportException("cut", null, fault));
        var error = ImFailures.OfMessage(outcome, "sip:bob@example.com", "server");
        Assert.Equal((ImError.ServerUnreachable, may), (error.Error, error.Message.Contains("may have arrived", StringComparison.Ordinal)));
    }
}
