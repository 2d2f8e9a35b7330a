// An endpoint and what its operations end with: the server that it uses, its registration, and how a message was answered.
#pragma once
#include "ucc.h"

// Where the endpoint registers, and as whom; without a password there are no credentials.
static void set_server(IUccEndpoint *endpoint, const wchar_t *user, const wchar_t *password, const wchar_t *address, UCC_TRANSPORT_MODE transport = UCCTM_TCP)
{
    auto settings = cast<IUccServerSignalingSettings>(endpoint);
    Ref<IUccSignalingServer> server;
    if (password)
    {
        Ref<IUccCredentialCache> cache;
        Ref<IUccCredential> credential;
        must("CredentialCache", settings->get_CredentialCache(&cache));
        must("CreateCredential", cache->CreateCredential(Text(user), Text(password), nullptr, &credential));
        must("SetCredential", cache->SetCredential(Text(L"*"), credential));
    }
    must("CreateSignalingServer", settings->CreateSignalingServer(Text(address), transport, &server));
    must("Server", settings->put_Server(server));
}

static void set_modes(IUccEndpoint *endpoint, long modes)
{
    must("AllowedAuthenticationModes", cast<IUccServerSignalingSettings>(endpoint)->put_AllowedAuthenticationModes(modes));
}

static Event must_enable(IUccEndpoint *endpoint, IUccOperationContext *operation = nullptr)
{
    must("Enable", endpoint->Enable(operation));
    Event enabled = wait_for(L"OnEnable");
    HRESULT status = status_of(enabled);
    if (FAILED(status)) fail("OnEnable", status);
    return enabled;
}

// How the one other participant of a session answered a message.
static HRESULT result_of(const Event &sent)
{
    Ref<IUccCollection> results;
    must("ParticipantResults", sent.as<IUccSessionOperationEvent>()->get_ParticipantResults(&results));
    VARIANT item;
    VariantInit(&item);
    must("Item", results->get_Item(1, &item));
    Ref<IUccOperationProgressEvent> result;
    HRESULT status = E_FAIL;
    must("Result", cast<IUccSessionParticipantOperationEvent>(V_UNKNOWN(&item))->get_Result(&result));
    must("StatusCode", result->get_StatusCode(&status));
    VariantClear(&item);
    return status;
}
