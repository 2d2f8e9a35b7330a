using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Objects;

public sealed class UriTests
{
    private readonly IUccUriManager _manager = new UccUriManager();

    [Fact]
    public void A_sip_uri_shows_its_parts()
    {
        var uri = _manager.ParseUri("sip:alice@example.com:5070;transport=tcp;maddr=192.0.2.1?Subject=Lunch%20today&Route=a&route=b");
        Assert.Equal(UCC_URI_SCHEME.UCCUS_SIP, uri.Scheme);
        Assert.Equal(("alice", "example.com", 5070), (uri.User, uri.Host, uri.Port));
        Assert.Equal(UCC_TRANSPORT_MODE.UCCTM_TCP, uri.Transport);
        Assert.Equal(("alice@example.com", "sip:alice@example.com"), (uri.UserAtHost, uri.AddressOfRecord));
        Assert.Equal("192.0.2.1", uri.Parameters.get_NamedProperty("MADDR").StringValue);
        Assert.Equal("Lunch today", uri.HeaderFields.get_NamedProperty("Subject").StringValue);
        Assert.Equal(3, uri.HeaderFields.Count);
        Assert.Equal(["a", "b"], uri.FindHeaderFields("Route").Cast<IUccProperty>().Select(p => p.StringValue));
        Assert.Equal(0, uri.FindHeaderFields("Call-Info").Count);
    }

    [Fact]
    public void What_a_uri_does_not_say_is_zero_or_empty()
    {
        var uri = _manager.ParseUri(" sip:example.com ");
        Assert.Equal(("", 0, 0), (uri.User, uri.Port, (int)uri.Transport));
        Assert.Equal(("example.com", "sip:example.com", "sip:example.com"), (uri.UserAtHost, uri.AddressOfRecord, uri.Value));
        Assert.Equal(UCC_TRANSPORT_MODE.UCCTM_TLS, _manager.ParseUri("sips:bob@example.com").Transport);
    }

    [Fact]
    public void A_tel_uri_shows_its_number()
    {
        var uri = _manager.ParseUri("tel:+1-555-0100;ext=7");
        Assert.Equal((UCC_URI_SCHEME.UCCUS_TEL, "+1-555-0100", "", "tel:+1-555-0100"), (uri.Scheme, uri.User, uri.Host, uri.AddressOfRecord));
        Assert.Equal("7", uri.Parameters.get_NamedProperty("ext").StringValue);
        Assert.True(uri.IsEqual(_manager.ParseUri("tel:+15550100"), UCC_URI_COMPARISON_OPTION.UCCUCO_DEFAULT));
    }

    [Theory]
    [InlineData(null, UccHResults.UCC_E_INVALID_SIP_URL)]
    [InlineData("", UccHResults.UCC_E_INVALID_SIP_URL)]
    [InlineData("alice", UccHResults.UCC_E_INVALID_SIP_URL)]
    [InlineData("sip:@example.com", UccHResults.UCC_E_INVALID_SIP_URL)]
    [InlineData("http://example.com", UccHResults.UCC_E_INVALID_SIP_URL)]
    [InlineData("tel:", UccHResults.UCC_E_INVALID_TEL_URL)]
    [InlineData("tel:alice", UccHResults.UCC_E_INVALID_TEL_URL)]
    [InlineData("tel:+", UccHResults.UCC_E_INVALID_TEL_URL)]
    public void What_is_no_uri_is_refused(string? text, int hresult) => Failure.Is(hresult, () => _manager.ParseUri(text!));

    [Fact]
    public void The_null_uri_is_one() => Assert.Equal("null", _manager.ParseUri(UccConstants.UCC_NULL_SIP_URI).User);

    [Theory]
    [InlineData("sip:alice@EXAMPLE.com", UCC_URI_COMPARISON_OPTION.UCCUCO_DEFAULT, true)]
    [InlineData("sip:alice@EXAMPLE.com", UCC_URI_COMPARISON_OPTION.UCCUCO_EXACT_MATCH, false)]
    [InlineData("sip:alice@example.com", UCC_URI_COMPARISON_OPTION.UCCUCO_EXACT_MATCH, true)]
    [InlineData("sip:alice@example.com:5070", UCC_URI_COMPARISON_OPTION.UCCUCO_DEFAULT, false)]
    [InlineData("sip:alice@example.com:5070", UCC_URI_COMPARISON_OPTION.UCCUCO_USER_HOST, true)]
    [InlineData("sip:bob@example.com", UCC_URI_COMPARISON_OPTION.UCCUCO_USER_HOST, false)]
    [InlineData("tel:+15550100", UCC_URI_COMPARISON_OPTION.UCCUCO_USER_HOST, false)]
    public void Comparison_follows_its_option(string other, UCC_URI_COMPARISON_OPTION option, bool expected) =>
        Assert.Equal(expected, _manager.ParseUri("sip:alice@example.com").IsEqual(_manager.ParseUri(other), option));

    [Theory]
    [InlineData("alice", "example.com", "sip:alice@example.com")]
    [InlineData("alice@example.com", "", "sip:alice@example.com")]
    [InlineData("sip:alice@example.com;transport=tcp", "example.net", "sip:alice@example.com;transport=tcp")]
    [InlineData("tel:+15550100", "example.com", "sip:+15550100@example.com;user=phone")]
    public void Conversion_adds_what_is_missing(string text, string domain, string expected) =>
        Assert.Equal(expected, _manager.ConvertUri(text, domain).Value);

    [Theory]
    [InlineData("alice", "")]
    [InlineData("", "example.com")]
    public void Conversion_does_not_guess(string text, string domain) =>
        Failure.Is(UccHResults.UCC_E_INVALID_SIP_URL, () => _manager.ConvertUri(text, domain));
}
