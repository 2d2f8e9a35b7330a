using System.Net;
using ComIm.Sip.Messages;
using ComIm.Sip.Transport;

namespace ComIm.Server.Registrar;

/// <summary>A binding as it is kept.</summary>
/// <param name="Contact">The Contact URI.</param>
/// <param name="EndPoint">Where the REGISTER came from, over UDP.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="CallId">The Call-ID that made it.</param>
/// <param name="Sequence">The CSeq number that made it.</param>
/// <param name="InstanceId">The device, or null.</param>
/// <param name="RegId">The number of its flow, or 0.</param>
internal sealed record SavedBinding(string Contact, string EndPoint, DateTimeOffset Expires, string CallId, uint Sequence, string? InstanceId, int RegId)
{
    /// <summary>The form that is kept.</summary>
    /// <param name="binding">A binding over UDP.</param>
    public static SavedBinding Of(Binding binding) => new(
        binding.Contact.ToString(), binding.Target.EndPoint.ToString(), binding.Expires, binding.CallId, binding.Sequence, binding.InstanceId, binding.RegId);

    /// <summary>The binding; null where what was kept cannot be read.</summary>
    public Binding? ToBinding() => SipUri.TryParse(Contact, out var contact) && IPEndPoint.TryParse(EndPoint, out var endPoint)
        ? new Binding(contact, new SipTarget(SipTransportKind.Udp, endPoint), Expires, CallId, Sequence) { InstanceId = InstanceId, RegId = RegId }
        : null;
}
