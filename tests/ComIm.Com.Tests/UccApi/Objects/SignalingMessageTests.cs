using ComIm.Com.Interop;
using ComIm.Com.UccApi.Contract;
using ComIm.Com.UccApi.Objects;

namespace ComIm.Com.Tests.UccApi.Objects;

public sealed class SignalingMessageTests
{
    private readonly IUccSignalingRequest _request = new UccSignalingRequest();

    [Fact]
    public void Header_fields_keep_their_order_and_are_found_in_either_case()
    {
        _request.AddHeaderField("Supported", "one");
        var second = _request.AddHeaderField("Accept", "text/plain");
        _request.AddHeaderField("supported", "two");
        Assert.Equal(3, _request.HeaderFields.Count);
        var found = _request.FindHeaderFields("SUPPORTED");
        Assert.Equal(["one", "two"], found.Cast<IUccSignalingHeaderField>().Select(f => f.Value));
        _request.RemoveHeaderField(second);
        Assert.Equal(2, _request.HeaderFields.Count);
        Failure.Is(UccHResults.UCC_E_NOT_EXIST, () => _request.RemoveHeaderField(second));
    }

    [Fact]
    public void Parameters_are_told_from_the_value()
    {
        var field = _request.AddHeaderField("Contact", "\"a;b\" <sip:a@example.com;lr>;expires=60;flag");
        Assert.Equal("\"a;b\" <sip:a@example.com;lr>", field.Value);
        Assert.Equal(
            [("expires", "60"), ("flag", "")],
            field.Parameters.Cast<IUccSignalingHeaderFieldParameter>().Select(p => (p.Name, p.Value)));
        field.RemoveParameter((IUccSignalingHeaderFieldParameter)field.FindParameter("EXPIRES")[1]);
        field.AddParameter("q", "0.5").Value = "0.7";
        Assert.Equal("\"a;b\" <sip:a@example.com;lr>;flag;q=0.7", ((UccSignalingHeaderField)field).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("X Y")]
    [InlineData("X:")]
    public void Name_that_would_leave_its_place_is_refused(string name) =>
        Failure.Is(HResults.InvalidArgument, () => _request.AddHeaderField(name, "x"));

    [Theory]
    [InlineData("a\r\nVia: b")]
    [InlineData("a\nb")]
    public void Value_that_would_leave_its_place_is_refused(string value) =>
        Failure.Is(UccHResults.UCC_E_MALFORMED_HEADER_VALUE, () => _request.AddHeaderField("X", value));

    [Fact]
    public void The_content_type_cannot_carry_a_header_field_either() =>
        Failure.Is(UccHResults.UCC_E_MALFORMED_HEADER_VALUE, () => _request.ContentType = "text/plain\r\nX: y");

    [Fact]
    public void A_request_has_a_type_and_a_target_and_a_response_a_status()
    {
        _request.RequestType = UCC_SIGNALING_REQUEST_TYPE.UCCSRT_INFO;
        _request.RequestUri = new UccUriManager().ParseUri("sip:bob@example.com");
        _request.Body = "hello";
        Assert.Equal(
            (UCC_SIGNALING_MESSAGE_TYPE.UCCSMT_REQUEST, UCC_SIGNALING_REQUEST_TYPE.UCCSRT_INFO, "hello"),
            (_request.Type, _request.RequestType, _request.Body));
        IUccSignalingResponse response = new UccSignalingResponse();
        Assert.Equal((UCC_SIGNALING_MESSAGE_TYPE.UCCSMT_RESPONSE, (short)0), (response.Type, response.StatusCode));
    }
}
