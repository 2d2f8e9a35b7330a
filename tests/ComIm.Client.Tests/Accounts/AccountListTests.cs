using ComIm.Client.Accounts;
using ComIm.Sip.Registration;
using ComIm.TestKit;

namespace ComIm.Client.Tests.Accounts;

public sealed class AccountListTests
{
    [Fact]
    public async Task Account_SignedOutBeforeSignInHasReturned_IsNotListed()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = new ImClient();
        var account = await client.SignInAsync(server.SettingsOf("alice"), CloseOnceRegistered).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(ImAccountState.SignedOut, account.State);
        Assert.Empty(client.Accounts);
    }

    // Within the step that ends the sign-in, as a fast handler on another thread might.
    private static void CloseOnceRegistered(ImAccount account) => account.Registration.StateChanged += (state, _) =>
    {
        if (state == RegistrationState.Registered)
        {
            account.CloseAsync().Wait(TimeSpan.FromSeconds(20));
        }
    };
}
