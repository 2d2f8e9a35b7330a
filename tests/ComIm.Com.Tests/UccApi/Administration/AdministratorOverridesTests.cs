using ComIm.Com.Interop;
using ComIm.Com.UccApi.Administration;
using ComIm.Com.UccApi.Contract;

namespace ComIm.Com.Tests.UccApi.Administration;

public sealed class AdministratorOverridesTests
{
    [Fact]
    public void Nothing_set_leaves_everything_to_the_application() =>
        Assert.Null(new AdministratorOverrides(new Store(), new Store()).Find("Old Messenger"));

    [Fact]
    public void The_machine_has_the_last_word_and_a_name_comes_before_the_star()
    {
        var machine = new Store
        {
            ["*"] = new() { Server = "all.example.com", Transport = "tls" },
            ["Old Messenger"] = new() { Server = "old.example.com:5070" },
        };
        var user = new Store { ["Old Messenger"] = new() { Server = "mine.example.com", Authentication = "basic, Digest", UserName = "alice", Password = "secret" } };
        var found = new AdministratorOverrides(machine, user).Find("Old Messenger")!;
        Assert.Equal("old.example.com:5070", found.Server);
        Assert.Equal(UCC_TRANSPORT_MODE.UCCTM_TLS, found.Transport);
        Assert.Equal((int)(UCC_AUTHENTICATION_MODES.UCCAM_BASIC | UCC_AUTHENTICATION_MODES.UCCAM_DIGEST), found.AuthenticationModes);
        Assert.Equal(("alice", "secret"), (found.UserName, found.Password));
        Assert.Equal("all.example.com", new AdministratorOverrides(machine, user).Find("another")!.Server);
    }

    [Fact]
    public void A_name_of_the_machine_never_gets_the_password_of_the_user()
    {
        var machine = new Store { ["a"] = new() { UserName = "service" } };
        var user = new Store { ["a"] = new() { UserName = "alice", Password = "secret" } };
        var found = new AdministratorOverrides(machine, user).Find("a")!;
        Assert.Equal(("service", null), (found.UserName, found.Password));
    }

    [Theory]
    [InlineData("sctp", null)]
    [InlineData(null, "digest,magic")]
    public void What_means_nothing_is_said_and_not_passed_over(string? transport, string? authentication)
    {
        var store = new Store { ["a"] = new() { Transport = transport, Authentication = authentication } };
        var failure = Assert.Throws<HResultException>(() => new AdministratorOverrides(store).Find("a"));
        Assert.Equal(HResults.InvalidArgument, failure.HResult);
    }

    [Fact]
    public void No_text_of_a_setting_has_the_password()
    {
        var setting = new ApplicationSetting { UserName = "alice", Password = "hunter2" };
        Assert.Equal("user alice, password (set)", setting.ToString());
        Assert.DoesNotContain("hunter2", AdministratorOverrides.Parse(setting, "a").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "anything", false)]
    [InlineData(null, "*", true)]
    [InlineData("Old Messenger", "old messenger", true)]
    [InlineData("Old Messenger", "*", false)]
    public void The_environment_speaks_for_one_application_or_for_all(string? named, string asked, bool expected)
    {
        var store = new EnvironmentSettings(name => name switch
        {
            "COMIM_UCC_APPLICATION" => named,
            "COMIM_UCC_SERVER" => "127.0.0.1:5060",
            "COMIM_UCC_TRANSPORT" => "",
            _ => null,
        });
        var found = store.Read(asked);
        Assert.Equal(expected, found != null);
        Assert.Equal(expected ? ("127.0.0.1:5060", null) : (null, null), (found?.Server, found?.Transport));
    }

    private sealed class Store : Dictionary<string, ApplicationSetting>, ISettingStore
    {
        public ApplicationSetting? Read(string application) => this.GetValueOrDefault(application);
    }
}
