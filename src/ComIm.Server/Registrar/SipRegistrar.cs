using System.Globalization;
using ComIm.Sip.Messages;
using ComIm.Sip.Transactions;

namespace ComIm.Server.Registrar;

/// <summary>Processes REGISTER requests of users who have proved who they are (RFC 3261 section 10.3).</summary>
internal sealed class SipRegistrar(LocationService location, TimeProvider time)
{
    private const int MinExpires = 10;
    private const int MaxExpires = 3600;

    // Kept for each binding, and every answer lists them all.
    private const int MaxTextLength = 1024;

    /// <summary>Keeps bindings across a restart; null where they are in memory only.</summary>
    public BindingKeeper? Keeper { get; init; }

    public void Handle(ServerTransaction transaction, string user)
    {
        var request = transaction.Request;
        var contacts = request.Headers.GetValues(HeaderId.Contact);
        if (request.CallId!.Length > MaxTextLength || contacts.Any(c => c.Length > MaxTextLength))
        {
            transaction.Respond(400, "Contact Or Call-ID Too Long");
            return;
        }

        if (contacts is ["*"])
        {
            RemoveAll(transaction, user);
            return;
        }

        var changes = new List<(NameAddress Contact, int Expires)>();
        foreach (var text in contacts)
        {
            if (!NameAddress.TryParse(text, out var contact) || contact.Uri is null || ExpiresOf(contact, request) is not { } expires)
            {
                transaction.Respond(400, "Invalid Contact");
                return;
            }

            if (expires is > 0 and < MinExpires)
            {
                var tooBrief = transaction.CreateResponse(423);
                tooBrief.Headers.Add(HeaderId.MinExpires, MinExpires.ToString(CultureInfo.InvariantCulture));
                transaction.Respond(tooBrief);
                return;
            }

            changes.Add((contact, Math.Min(expires, MaxExpires)));
        }

        if (!TryApply(transaction, user, changes))
        {
            transaction.Respond(500, "Out Of Order Or Too Many Bindings");
            return;
        }

        RespondWithBindings(transaction, user, changes.Select(c => c.Expires).DefaultIfEmpty().Min());
    }

    private bool TryApply(ServerTransaction transaction, string user, List<(NameAddress Contact, int Expires)> changes)
    {
        var request = transaction.Request;
        var now = time.GetUtcNow();
        return location.TryApply(user, changes.ConvertAll(c =>
            new Binding(c.Contact.Uri!, transaction.Flow, now.AddSeconds(c.Expires), request.CallId!, request.CSeq!.Value.Number)
            {
                InstanceId = Gruu.InstanceOf(c.Contact),
                RegId = RegIdOf(c.Contact),
            }));
    }

    private void RemoveAll(ServerTransaction transaction, string user)
    {
        // A star without Expires: 0 would be a mistake that costs every device (RFC 3261 section 10.3 step 6).
        if (transaction.Request.Headers.Get(HeaderId.Expires) != "0")
        {
            transaction.Respond(400, "Contact * Needs Expires 0");
            return;
        }

        if (!location.TryRemoveAll(user, transaction.Request.CallId!, transaction.Request.CSeq!.Value.Number))
        {
            transaction.Respond(500, "Out Of Order");
            return;
        }

        RespondWithBindings(transaction, user, expires: 0);
    }

    private void RespondWithBindings(ServerTransaction transaction, string user, int expires)
    {
        var now = time.GetUtcNow();
        var response = transaction.CreateResponse(200);
        var wantsGruu = transaction.Request.Headers.GetValues(HeaderId.Supported).Contains("gruu", StringComparer.OrdinalIgnoreCase);
        var address = transaction.Request.To!.Uri!;
        foreach (var binding in location.Find(user))
        {
            response.Headers.Add(HeaderId.Contact, ContactOf(binding, now, wantsGruu ? address : null).ToString());
        }

        // The parameters of Contact say it, and count; clients of Microsoft's dialect look at this field alone.
        if (expires > 0)
        {
            response.Headers.Add(HeaderId.Expires, expires.ToString(CultureInfo.InvariantCulture));
        }

        response.Headers.Add(HeaderId.Date, now.ToString("r", CultureInfo.InvariantCulture));
        if (Keeper is null)
        {
            transaction.Respond(response);
        }
        else
        {
            _ = Keeper.RespondAsync(user, transaction, response);
        }
    }

    /// <summary>A binding as it is listed; with the GRUU of its device where one is asked for (RFC 5627 section 5.3).</summary>
    private static NameAddress ContactOf(Binding binding, DateTimeOffset now, SipUri? address)
    {
        var left = (int)Math.Ceiling((binding.Expires - now).TotalSeconds);
        var contact = new NameAddress(binding.Contact).With("expires", left.ToString(CultureInfo.InvariantCulture));
        if (binding.InstanceId is not { } instance)
        {
            return contact;
        }

        contact = contact.With("+sip.instance", $"\"<{instance}>\"");
        if (binding.RegId > 0)
        {
            contact = contact.With("reg-id", binding.RegId.ToString(CultureInfo.InvariantCulture));
        }

        return address is null ? contact : contact.With("pub-gruu", QuotedString.Quote(Gruu.Of(address, instance).ToString()));
    }

    // Without a device there are no flows of it to be told apart (RFC 5626 section 6).
    private static int RegIdOf(NameAddress contact) =>
        Gruu.InstanceOf(contact) is not null
        && int.TryParse(contact.Parameters.Get("reg-id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    /// <summary>The parameter, else the header, else an hour (RFC 3261 section 10.3 step 7); null where it is no number.</summary>
    private static int? ExpiresOf(NameAddress contact, SipRequest request)
    {
        var text = contact.Parameters.Get("expires") ?? request.Headers.Get(HeaderId.Expires);
        return text is null ? MaxExpires
            : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? (int)Math.Min(seconds, int.MaxValue)
            : null;
    }
}
