"""Approval in moderation, of what may then be public."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from resources import refusals


class ApproveWhole(WorkflowActionView):
    """As Wagtail's, which approves what it then does not publish: what may not be public stays in moderation."""

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        page = Page.objects.get(pk=self.object.pk).specific
        refusal = page.shortcoming(page.get_latest_revision()) if self.action_name == "approve" else {}
        if not refusal:
            try:
                with transaction.atomic():
                    return super().post(request, *args, **kwargs)
            except ValidationError:
                refusal = {"valid": False}
        refusals.tell(request, page, refusal)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return self.render_modal_json(request, {"step": "success", "redirect": self.redirect_url})
        return redirect(self.redirect_url)


class WholePageViewSet(PageViewSet):
    """The admin views of all pages."""

    workflow_action_view_class = ApproveWhole
