import { describeRoom } from "../support/describe-room";

describeRoom("docs");
